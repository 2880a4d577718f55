using System.Text;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// One TCP connection to a pool: configure, subscribe, authorize one after the other, then lines as they come. It knows
/// the protocol and nothing of workers; its owner decides what jobs and answers mean.
/// </summary>
internal sealed class PoolSession : IDisposable
{
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A pool that says nothing for so long is gone.</summary>
    public static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(150);

    public const uint WantedVersionMask = 0x1FFFE000;

    private const string UserAgent = "marketplace-proxy/1.0";

    private const int MinVersionBits = 2;
    private const long ConfigureId = 1;
    private const long SubscribeId = 2;
    private const long AuthorizeId = 3;
    private const long SuggestId = 4;
    private const long FirstSubmitId = 100;

    private readonly PoolLine _line;
    private readonly PoolTarget _target;
    private readonly byte[] _userUtf8;
    private readonly IPoolSessionOwner _owner;
    private readonly StratumLineReader _reader;
    private readonly LineOutbox<UpstreamLineWriter> _outbox;
    private readonly UnansweredShares _unanswered;
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private DateTimeOffset? _loggedInAt;
    private DateTimeOffset? _lastJobAt;
    private DateTimeOffset _lastLineAt;
    private volatile string? _ailment;
    private bool _isDisposed;
    private long _awaitedId;

    public PoolSession(PoolLine line, PoolTarget target, IPoolSessionOwner owner, TimeProvider time)
    {
        _line = line;
        _target = target;
        _owner = owner;
        _time = time;
        _unanswered = new UnansweredShares(FirstSubmitId, time);
        _reader = new StratumLineReader(line.Input, StratumLimits.UpstreamLineBytes);
        _outbox = new LineOutbox<UpstreamLineWriter>(time, static output => new UpstreamLineWriter(output));
        _userUtf8 = Encoding.UTF8.GetBytes(target.User);
    }

    public ExtranonceAssignment Extranonce { get; private set; }

    /// <summary>The version bits this pool lets workers roll.</summary>
    public uint VersionMask { get; private set; }

    /// <summary>Holds for the next job; null until the pool says one.</summary>
    public Difficulty? Difficulty { get; private set; }

    public PoolSigns Signs => new(_loggedInAt, _lastLineAt, _lastJobAt, _unanswered.OldestAt);

    /// <summary>Ends the connection for a reason that its owner sees as a refusal.</summary>
    public void End(string ailment)
    {
        _ailment = ailment;
        EndAfter(TimeSpan.Zero);
    }

    /// <summary>Ends the connection as if the pool had closed it.</summary>
    public void EndAfter(TimeSpan wait)
    {
        lock (_end)
        {
            if (!_isDisposed)
            {
                _end.CancelAfter(wait);
            }
        }
    }

    /// <summary>Runs until the pool is gone. What it throws names the step at which the pool cannot be used.</summary>
    /// <exception cref="PoolRefusedException">The pool answered, but not so that it can be used.</exception>
    public async Task RunAsync(Difficulty suggestion, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        var sending = _outbox.SendAsync(_line.Output, ended.Token);
        try
        {
            await HandshakeAsync(suggestion, ended.Token);
            while (await ReadAsync(SilenceTimeout, ended.Token) is { } line)
            {
                if (!TryTakeAnswer(StratumMessage.Parse(line.Span)))
                {
                    // A job is news to every worker: told on a thread that does not serve their sockets.
                    await Task.Yield();
                    Handle(StratumMessage.Parse(line.Span));
                }

                if (_outbox.IsOverrun)
                {
                    throw new PoolRefusedException("connect", "The pool does not read what it is sent.");
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (_ailment is not null)
            {
                throw new PoolRefusedException(PoolRefusedException.Silence, _ailment);
            }
        }
        finally
        {
            await Task.Yield();
            _outbox.Close();
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _line.DisposeAsync();
            foreach (var share in _unanswered.TakeAll())
            {
                _owner.Unanswered(share);
            }
        }
    }

    /// <summary>
    /// Sends a share up; its answer comes to the owner. False when the connection is gone or answers nothing.
    /// </summary>
    public bool Submit(in UpstreamShare share) =>
        _unanswered.TryAdd(share, out var id)
        && (_outbox.Append(
            (id, _userUtf8, share), static (lines, submit) =>
                submit.share.WriteSubmit(lines, submit.id, submit._userUtf8))
            || !_unanswered.TryTake(id, out _));

    public void Dispose()
    {
        _outbox.Dispose();
        lock (_end)
        {
            _isDisposed = true;
            _end.Dispose();
        }
    }

    private async Task HandshakeAsync(Difficulty suggestion, CancellationToken cancellationToken)
    {
        Ask(lines => lines.Configure(ConfigureId, WantedVersionMask, MinVersionBits));
        await AwaitAnswerAsync(ConfigureId, "configure", (in StratumMessage answer) =>
            VersionMask = ConfigureAnswer.Of(answer).VersionMask & WantedVersionMask, cancellationToken);

        Ask(lines => lines.Subscribe(SubscribeId, UserAgent));
        await AwaitAnswerAsync(SubscribeId, "subscribe", (in StratumMessage answer) =>
            Extranonce = SubscribeAnswer.TryParse(answer, out var subscribed)
                ? subscribed.Assignment
                : throw new PoolRefusedException("subscribe", "The pool's answer to mining.subscribe cannot be read."),
            cancellationToken);

        Ask(lines => lines.SuggestDifficulty(SuggestId, suggestion));
        Ask(lines => lines.Authorize(
            AuthorizeId, _target.User, PoolPassword.Asking(_target.Password, suggestion)));
        await AwaitAnswerAsync(AuthorizeId, "authorize", (in StratumMessage answer) =>
        {
            if (PoolAnswer.Of(answer) is { IsAccepted: false, Error: var error })
            {
                throw new PoolRefusedException("authorize", $"The pool refuses this login: {error.Text}");
            }
        }, cancellationToken);
        _loggedInAt = _time.GetUtcNow();
        await Task.Yield();
        _owner.Authorised(this);
    }

    private void Ask(Action<UpstreamLineWriter> write) =>
        _outbox.Append(write, static (lines, write) => write(lines));

    private delegate void AnswerReader(in StratumMessage answer);

    private async Task AwaitAnswerAsync(long id, string step, AnswerReader read, CancellationToken cancellationToken)
    {
        _awaitedId = id;
        while (await ReadAsync(AnswerTimeout, cancellationToken) is { } line)
        {
            if (TryReadAnswer(line.Span, read))
            {
                return;
            }
        }

        throw new PoolRefusedException(step, $"The pool closed the connection instead of answering mining.{step}.");
    }

    private bool TryReadAnswer(ReadOnlySpan<byte> line, AnswerReader read)
    {
        var message = StratumMessage.Parse(line);
        if (message.Kind == MessageKind.Response && message.TryGetIdNumber(out var id) && id == _awaitedId)
        {
            read(message);
            return true;
        }

        if (!TryTakeAnswer(message))
        {
            Handle(message);
        }

        return false;
    }

    private ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _reader.TryReadReceived(out var line)
            ? ValueTask.FromResult(Seen(line))
            : ReceiveAsync(limit, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(limit);
        try
        {
            return Seen(await _reader.ReadAsync(silence.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PoolRefusedException(
                PoolRefusedException.Silence, $"The pool was silent for {limit.TotalSeconds:0} s.");
        }
    }

    /// <returns>Null when there will be no line any more.</returns>
    private ReadOnlyMemory<byte>? Seen(ReceivedLine line)
    {
        if (line.Status != LineStatus.Line)
        {
            return null;
        }

        _lastLineAt = _time.GetUtcNow();
        return line.Bytes;
    }

    private bool TryTakeAnswer(in StratumMessage message)
    {
        if (message.Kind != MessageKind.Response)
        {
            return false;
        }

        if (message.TryGetIdNumber(out var id) && _unanswered.TryTake(id, out var share))
        {
            _owner.Answered(this, share, PoolAnswer.Of(message));
        }

        return true;
    }

    private void Handle(in StratumMessage message)
    {
        switch (message.Method)
        {
            case StratumMethod.Notify when PoolJob.TryParse(message, out var job, out _):
                _lastJobAt = Difficulty is null ? null : _time.GetUtcNow();
                _owner.JobArrived(this, job);
                break;
            case StratumMethod.SetDifficulty when PoolNotice.TryParseDifficulty(message, out var difficulty):
                Difficulty = difficulty;
                break;
            case StratumMethod.SetExtranonce when PoolNotice.TryParseExtranonce(message, out var extranonce):
                Extranonce = extranonce;
                break;
            case StratumMethod.SetVersionMask when PoolNotice.TryParseVersionMask(message, out var mask):
                VersionMask = mask & WantedVersionMask;
                break;
            case StratumMethod.Reconnect:
                _owner.ReconnectAsked(this, ReconnectNotice.Parse(message));
                break;
            case StratumMethod.Ping when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Pong(id));
                break;
            case StratumMethod.GetVersion when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Version(id, UserAgent));
                break;
        }
    }
}
