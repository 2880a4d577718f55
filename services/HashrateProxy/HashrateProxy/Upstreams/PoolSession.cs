using System.Text;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// One TCP connection to a pool: configure, subscribe, authorize one after the other, then lines as they come. It knows
/// the protocol and nothing of workers; its owner decides what jobs and answers mean.
/// </summary>
internal sealed class PoolSession : ILineHandler, IDisposable
{
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
    private readonly ILineFeed _feed;
    private readonly LineOutbox<UpstreamLineWriter> _outbox;
    private readonly UnansweredShares _unanswered;
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private DateTimeOffset? _loggedInAt;
    private DateTimeOffset? _lastJobAt;
    private DateTimeOffset _lastLineAt;
    private volatile string? _ailment;
    private readonly PoolQuestions _questions;
    private volatile Task _telling = Task.CompletedTask;
    private bool _isDisposed;

    public PoolSession(PoolLine line, PoolTarget target, IPoolSessionOwner owner, TimeProvider time)
    {
        _line = line;
        _target = target;
        _owner = owner;
        _time = time;
        _lastLineAt = time.GetUtcNow();
        _unanswered = new UnansweredShares(FirstSubmitId);
        _feed = LineFeeds.Of(line.Input, StratumLimits.UpstreamLineBytes, time);
        _outbox = new LineOutbox<UpstreamLineWriter>(time, static output => new UpstreamLineWriter(output));
        _questions = new PoolQuestions(_feed, _outbox);
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
        var sending = _outbox.SendAsync(_line.Output);
        var reading = _feed.RunAsync(this);
        try
        {
            await HandshakeAsync(suggestion, reading, ended.Token);
            await ListenAsync(reading, ended.Token);
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
            _feed.Stop();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _telling;
            _outbox.Cut();
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
    public bool Submit(UpstreamShare share) =>
        _unanswered.TryAdd(share, out var id)
        && (_outbox.Append(
            (id, _userUtf8, share), static (lines, submit) =>
                submit.share.WriteSubmit(lines, submit.id, submit._userUtf8), share.At, mayWait: !share.IsUrgent)
            || !_unanswered.TryTake(id, out _));

    /// <summary>
    /// Answers to shares are taken in at once. All else is news to every worker, so it is told on a thread that does
    /// not serve their sockets, and the next line waits for it.
    /// </summary>
    bool ILineHandler.Take(ReadOnlySpan<byte> line, DateTimeOffset at)
    {
        _lastLineAt = at;
        var message = StratumMessage.Parse(line);
        if (_questions.TryTake(message))
        {
            return false;
        }

        if (_outbox.IsOverrun)
        {
            throw new PoolRefusedException("connect", "The pool does not read what it is sent.");
        }

        if (TryTakeAnswer(message, at))
        {
            return true;
        }

        var kept = line.ToArray();
        _telling = Task.Run(() => Tell(kept));
        return false;
    }

    void ILineHandler.CaughtUp()
    {
        // A pool's lines need no end of a batch.
    }

    public void Dispose()
    {
        _outbox.Dispose();
        lock (_end)
        {
            _isDisposed = true;
            _end.Dispose();
        }
    }

    private async Task HandshakeAsync(Difficulty suggestion, Task reading, CancellationToken cancellationToken)
    {
        await _questions.AskAsync(
            ConfigureId, "configure", lines => lines.Configure(ConfigureId, WantedVersionMask, MinVersionBits),
            (in StratumMessage answer) => VersionMask = ConfigureAnswer.Of(answer).VersionMask & WantedVersionMask,
            reading, cancellationToken);
        _questions.GoOn();
        await _questions.AskAsync(
            SubscribeId, "subscribe", lines => lines.Subscribe(SubscribeId, UserAgent),
            (in StratumMessage answer) => Extranonce = SubscribeAnswer.TryParse(answer, out var subscribed)
                ? subscribed.Assignment
                : throw new PoolRefusedException("subscribe", "The pool's answer to mining.subscribe cannot be read."),
            reading, cancellationToken);
        _questions.GoOn();
        await _questions.AskAsync(
            AuthorizeId, "authorize",
            lines =>
            {
                lines.SuggestDifficulty(SuggestId, suggestion);
                lines.Authorize(AuthorizeId, _target.User, PoolPassword.Asking(_target.Password, suggestion));
            },
            (in StratumMessage answer) =>
            {
                if (PoolAnswer.Of(answer) is { IsAccepted: false, Error: var error })
                {
                    throw new PoolRefusedException("authorize", $"The pool refuses this login: {error.Text}");
                }
            },
            reading, cancellationToken);
        _loggedInAt = _time.GetUtcNow();
        _owner.Authorised(this);
        _questions.GoOn();
    }

    private async Task ListenAsync(Task reading, CancellationToken cancellationToken)
    {
        while (SilenceTimeout - (_time.GetUtcNow() - _lastLineAt) is var left && left > TimeSpan.Zero)
        {
            try
            {
                await reading.WaitAsync(left, _time, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                // It may have spoken meanwhile.
            }
        }

        throw PoolRefusedException.SilentFor(SilenceTimeout);
    }

    private bool TryTakeAnswer(in StratumMessage message, DateTimeOffset at)
    {
        if (message.Kind != MessageKind.Response)
        {
            return false;
        }

        if (message.TryGetIdNumber(out var id) && _unanswered.TryTake(id, out var share))
        {
            _owner.Answered(this, share, PoolAnswer.Of(message), at);
        }

        return true;
    }

    private void Tell(byte[] line)
    {
        try
        {
            Handle(StratumMessage.Parse(line));
        }
        catch (Exception failure)
        {
            End($"What it says cannot be followed: {failure.Message}");
        }
        finally
        {
            _feed.Resume();
        }
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
