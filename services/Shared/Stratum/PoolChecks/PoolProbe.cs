using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// A dry connection: handshake, first difficulty, first job, and a while of watching what comes. It submits nothing.
/// For one run.
/// </summary>
internal sealed class PoolProbe(ProbeLine line, PoolLogin login, Difficulty suggestion, TimeProvider time)
{
    /// <summary>From the first request to the first job.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Jobs that are kept; a pool that sends more while it is watched has been seen enough.</summary>
    public const int MaxJobs = 500;

    private const string UserAgent = "marketplace-check/1.0";
    private const uint WantedVersionMask = 0x1FFFE000;
    private const int MinVersionBits = 2;

    private readonly List<SeenJob> _jobs = [];
    private PoolSighting _seen = new();
    private long _lastId;
    private string _step = "configure";

    private delegate void AnswerReader(in StratumMessage answer);

    public async Task<PoolSighting> RunAsync(TimeSpan watch, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeTimeout);
        try
        {
            await ShakeHandsAsync(limit.Token);
            while (_jobs.Count == 0)
            {
                Handle(await line.ReadAsync(limit.Token));
            }

            await WatchAsync(watch, cancellationToken);
        }
        catch (ProbeEndedException ended)
        {
            Fail(ended.Message);
        }
        catch (IOException)
        {
            Fail("The connection broke off.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail($"Nothing more came within {HandshakeTimeout.TotalSeconds:0} s.");
        }

        return _seen with { Jobs = _jobs };
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        await AskAsync(
            "configure",
            $"version-rolling {WantedVersionMask:x8}",
            (lines, id) => lines.Configure(id, WantedVersionMask, MinVersionBits),
            (in StratumMessage answer) => _seen = _seen with
            {
                VersionMask = ConfigureAnswer.Of(answer).VersionMask & WantedVersionMask,
            },
            cancellationToken);
        await AskAsync(
            "subscribe", UserAgent, (lines, id) => lines.Subscribe(id, UserAgent), ReadSubscribed, cancellationToken);
        await line.AskAsync(
            $"mining.suggest_difficulty {suggestion}",
            lines => lines.SuggestDifficulty(++_lastId, suggestion),
            cancellationToken);
        await AskAsync(
            "authorize",
            $"{login.User} ***",
            (lines, id) => lines.Authorize(id, login.User, login.Password),
            ReadAuthorised,
            cancellationToken);
        _step = "job";
    }

    /// <summary>Asks and reads on until the answer is there; what comes between is the pool's to choose.</summary>
    private async Task AskAsync(
        string step,
        string told,
        Action<UpstreamLineWriter, long> write,
        AnswerReader read,
        CancellationToken cancellationToken)
    {
        _step = step;
        var id = ++_lastId;
        var askedAt = time.GetTimestamp();
        await line.AskAsync($"mining.{step} {told}", lines => write(lines, id), cancellationToken);
        while (!TryReadAnswer(await line.ReadAsync(cancellationToken), id, read))
        {
            continue;
        }

        var took = time.GetElapsedTime(askedAt);
        _seen = _seen with { Ping = _seen.Ping == TimeSpan.Zero || took < _seen.Ping ? took : _seen.Ping };
    }

    private bool TryReadAnswer(ReadOnlyMemory<byte> bytes, long id, AnswerReader read)
    {
        var message = StratumMessage.Parse(bytes.Span);
        if (message.Kind == MessageKind.Response && message.TryGetIdNumber(out var answered) && answered == id)
        {
            read(message);
            return true;
        }

        Handle(bytes);
        return false;
    }

    private void ReadSubscribed(in StratumMessage answer) => _seen =
        SubscribeAnswer.TryParse(answer, out var subscribed)
        ? _seen with { Extranonce = subscribed.Assignment }
        : throw new ProbeEndedException("The pool's answer to mining.subscribe cannot be read.");

    private static void ReadAuthorised(in StratumMessage answer)
    {
        if (PoolAnswer.Of(answer) is { IsAccepted: false, Error: var error })
        {
            throw new ProbeEndedException($"The pool refuses this login: {error.Text}");
        }
    }

    private async Task WatchAsync(TimeSpan watch, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(watch);
        try
        {
            while (_jobs.Count < MaxJobs)
            {
                Handle(await line.ReadAsync(over.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The watch is over.
        }

        _seen = _seen with { Watched = time.GetElapsedTime(since) };
    }

    private void Handle(ReadOnlyMemory<byte> bytes)
    {
        var message = StratumMessage.Parse(bytes.Span);
        switch (message.Method)
        {
            case StratumMethod.Notify when PoolJob.TryParse(message, out var job, out _):
                _jobs.Add(new SeenJob(job, _seen.Extranonce, SkewOf(job)));
                break;
            case StratumMethod.SetDifficulty when PoolNotice.TryParseDifficulty(message, out var difficulty):
                _seen = _seen with { Difficulty = difficulty };
                break;
            case StratumMethod.SetExtranonce when PoolNotice.TryParseExtranonce(message, out var extranonce):
                _seen = _seen with { Extranonce = extranonce };
                break;
            case StratumMethod.SetVersionMask when PoolNotice.TryParseVersionMask(message, out var mask):
                _seen = _seen with { VersionMask = mask & WantedVersionMask };
                break;
            case StratumMethod.Reconnect:
                _seen = _seen with { RedirectHost = ReconnectNotice.Parse(message).Host };
                break;
            case StratumMethod.ShowMessage when PoolNotice.TryParseMessage(message, out var text):
                _seen = _seen with { Message = line.Mask(text) };
                break;
        }
    }

    private TimeSpan SkewOf(PoolJob job) => DateTimeOffset.FromUnixTimeSeconds(job.NTime) - time.GetUtcNow();

    private void Fail(string reason) => _seen = _seen with { Failure = new PoolFailure(_step, line.Mask(reason)) };
}
