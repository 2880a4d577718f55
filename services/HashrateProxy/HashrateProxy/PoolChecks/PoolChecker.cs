using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.PoolChecks;

/// <summary>Tries a pool as if a fleet were to hash for it, before any money moves.</summary>
internal sealed class PoolChecker(PoolDialer dialer, RouteBook book, TimeProvider time) : IDisposable
{
    /// <summary>Dials at once on this node; further checks wait their turn.</summary>
    private const int MaxConcurrent = 32;

    private readonly SemaphoreSlim _turns = new(MaxConcurrent, MaxConcurrent);

    public async Task<PoolCheck> CheckAsync(CheckPool asked, CancellationToken cancellationToken)
    {
        var algorithm = Algorithm.Named(asked.Algorithm);
        var url = PoolUrl.Parse(asked.Pool.Url);
        var target = new PoolTarget(default, url, asked.Pool.User, asked.Pool.Password, 0);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var probe = new PoolProbe(target, time);
            await probe.RunAsync(
                dialer, Upstreams.UpstreamPace.MinimumDifficulty(asked.Hashrate, algorithm), cancellationToken);
            var rules = PoolRules.OfHandshake(probe.Failure).ToList();
            if (probe is { Failure: null, Session: { } session, Job: { } job })
            {
                rules.AddRange(PoolRules.OfSession(session, job, asked.Hashrate, algorithm, NeedsOf(asked.RigId)));
            }

            return new PoolCheck(
                url.ToString(), asked.Pool.User, WorstOf(rules), rules, probe.Transcript, time.GetUtcNow());
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private FleetNeeds NeedsOf(RigId? rigId)
    {
        var handshakes = book.Rigs
            .Where(rig => rig.RigId == rigId)
            .SelectMany(rig => rig.Read((workers, _) => workers.Select(worker => worker.Handshake).ToList()))
            .ToList();
        return new FleetNeeds(
            handshakes.Aggregate(0u, (mask, handshake) => mask | handshake.VersionMask),
            handshakes.Select(handshake => handshake.Layout.TotalBytes).Append(FirmwareLayout.Of("").TotalBytes).Max());
    }

    private static string WorstOf(List<PoolCheckRule> rules) =>
        rules.Exists(rule => rule.Verdict == PoolRules.Fail) ? PoolRules.Fail
        : rules.Exists(rule => rule.Verdict == PoolRules.Warn) ? PoolRules.Warn
        : PoolRules.Pass;
}
