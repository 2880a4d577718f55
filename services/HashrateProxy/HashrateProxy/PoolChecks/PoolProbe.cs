using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.PoolChecks;

/// <summary>A dry connection: handshake, first difficulty, first job, and every line of it written down.</summary>
internal sealed class PoolProbe(PoolTarget target, TimeProvider time) : IPoolSessionOwner
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private const int MaxTranscriptLines = 40;
    private const int MaxTranscriptLineLength = 400;

    /// <summary>A shorter password, such as the usual x, is no secret and would be found in every word.</summary>
    private const int MinSecretLength = 3;
    private const string Masked = "***";

    private readonly TaskCompletionSource _jobSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _transcript = [];
    private bool _isAuthorised;

    public IReadOnlyList<string> Transcript => _transcript;

    public PoolJob? Job { get; private set; }

    public PoolSession? Session { get; private set; }

    /// <summary>Where it ended and why; null when everything was seen.</summary>
    public (string Step, string Reason)? Failure { get; private set; }

    public async Task RunAsync(PoolDialer dialer, Difficulty suggestion, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var session = new PoolSession(await dialer.DialAsync(target.Url, limit.Token), target, this, time);
            Session = session;
            var running = session.RunAsync(suggestion, limit.Token);
            await await Task.WhenAny(running, _jobSeen.Task);
            if (!_jobSeen.Task.IsCompleted)
            {
                Failure = ("connect", "The pool closed the connection before it sent a job.");
            }

            await limit.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (PoolUnreachableException unreachable)
        {
            Failure = (unreachable.Step, unreachable.Message);
        }
        catch (PoolRefusedException refused)
        {
            Failure = (
                refused.Step == PoolRefusedException.Silence ? Session!.Step : refused.Step, Mask(refused.Message));
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            Failure = ("connect", "The connection broke off.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failure = (_isAuthorised ? "job" : "connect", $"Nothing more came within {Limit.TotalSeconds:0} s.");
        }
    }

    void IPoolSessionOwner.Asked(string request) => Write($"> {request}");

    void IPoolSessionOwner.LineSeen(ReadOnlySpan<byte> line) => Write($"< {Encoding.UTF8.GetString(line)}");

    void IPoolSessionOwner.Authorised(PoolSession session)
    {
        _isAuthorised = true;
        CompleteWhenSeen();
    }

    void IPoolSessionOwner.JobArrived(PoolSession session, PoolJob job)
    {
        Job = job;
        CompleteWhenSeen();
    }

    void IPoolSessionOwner.Answered(PoolSession session, in UpstreamShare share, PoolAnswer answer) =>
        throw new InvalidOperationException("A probe submits nothing.");

    void IPoolSessionOwner.Unanswered(in UpstreamShare share) =>
        throw new InvalidOperationException("A probe submits nothing.");

    private void CompleteWhenSeen()
    {
        if (_isAuthorised && Job is not null)
        {
            _jobSeen.TrySetResult();
        }
    }

    /// <summary>A pool may say the password back, as it is or as JSON writes it.</summary>
    private string Mask(string text) => target.Password.Length < MinSecretLength
        ? text
        : text.Replace(target.Password, Masked, StringComparison.Ordinal)
            .Replace(JsonEncodedText.Encode(target.Password).Value, Masked, StringComparison.OrdinalIgnoreCase)
            .Replace(
                JsonEncodedText.Encode(target.Password, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
                Masked,
                StringComparison.OrdinalIgnoreCase);

    private void Write(string line)
    {
        if (_transcript.Count < MaxTranscriptLines)
        {
            var masked = Mask(line);
            _transcript.Add(
                masked.Length > MaxTranscriptLineLength ? masked[..MaxTranscriptLineLength] + "..." : masked);
        }
    }
}
