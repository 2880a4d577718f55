using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// Tries a pool as if a fleet were to hash for it, before any money moves: the same for a quote, for a seller's own
/// pool and on the command line.
/// </summary>
public sealed class PoolCheckup(PoolDialer dialer, TimeProvider time)
{
    /// <summary>How long a pool may be watched after its first job.</summary>
    public static readonly TimeSpan MaxWatch = TimeSpan.FromSeconds(60);

    public async Task<PoolReport> RunAsync(
        PoolUrl url, PoolLogin login, PoolDemands demands, TimeSpan watch, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(watch, MaxWatch);
        var transcript = new Transcript(login.Password);
        var findings = new List<PoolFinding>();
        try
        {
            await using var stream = await dialer.DialAsync(url, cancellationToken);
            await using var line = new ProbeLine(stream, transcript);
            var probe = new PoolProbe(line, login, demands.MinimumDifficulty, time);
            var seen = await probe.RunAsync(watch, cancellationToken);
            findings.AddRange(HandshakeRules.Of(url, seen.Failure));
            if (seen.Failure is null)
            {
                findings.AddRange(ConnectionRules.Of(url, seen, demands));
                findings.AddRange(JobRules.Of(seen, demands));
            }
        }
        catch (PoolUnreachableException unreachable)
        {
            findings.AddRange(HandshakeRules.Of(url, new PoolFailure(unreachable.Step, unreachable.Message)));
        }

        return new PoolReport(url, findings, transcript.Lines, time.GetUtcNow());
    }
}
