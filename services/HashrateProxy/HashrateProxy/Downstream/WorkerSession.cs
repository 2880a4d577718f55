using Marketplace.HashrateProxy.Downstream.Admission;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>Reads one worker's lines until it goes or is closed, and answers every request.</summary>
internal sealed class WorkerSession : ILineHandler, IDisposable
{
    /// <summary>A worker that sends nothing for so long is gone, whatever its socket says.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Lines that are no Stratum, in a row, before the connection is closed.</summary>
    public const int MaxMalformedLines = 10;

    /// <summary>Who we say we are.</summary>
    public const string ServerName = "marketplace-proxy/1.0";

    private const int StillOpen = -1;

    /// <summary>Why it is closed is still sent to a peer that is being closed, if it reads.</summary>
    private static readonly TimeSpan LastWordsTime = TimeSpan.FromSeconds(1);

    private readonly OpenedConnection _peer;
    private readonly ILineFeed _feed;
    private readonly FrontServices _front;
    private readonly LineOutbox<DownstreamLineWriter> _outbox;
    private readonly WorkerHandshake _handshake;
    private readonly RigMembership _membership;
    private readonly DateTimeOffset _openedAt;
    private int _reason = StillOpen;
    private SubmitBudget _budget;
    private long _lastLineTicks;
    private int _malformedLines;

    public WorkerSession(long key, OpenedConnection peer, FrontServices front)
    {
        (_peer, _front) = (peer, front);
        _feed = LineFeeds.Of(peer.Input, StratumLimits.DownstreamLineBytes, front.Time);
        _outbox = new LineOutbox<DownstreamLineWriter>(
            front.Time, static output => new DownstreamLineWriter(output));
        _handshake = new WorkerHandshake(
            _outbox, new Extranonce([(byte)key]), peer.Address, front.Sessions, front.Firmwares);
        _membership = new RigMembership(key, _handshake, _outbox, front, Close);
        _budget = new SubmitBudget(front.SubmitsPerSecond, front.Time);
        _openedAt = front.Time.GetUtcNow();
        _lastLineTicks = _openedAt.UtcTicks;
    }

    /// <returns>Why it ended.</returns>
    public async Task<ClosingReason> RunAsync()
    {
        var sending = _outbox.SendAsync(_peer.Output);
        try
        {
            var end = await _feed.RunAsync(this);
            Close(end == LineStatus.TooLong ? ClosingReason.LineTooLong : ClosingReason.PeerLeft);
        }
        finally
        {
            Close(ClosingReason.Failed);
            _membership.Leave();
            _handshake.Keep();
            NoteSoonGone();
            await SendLastWordsAsync(sending);
            _outbox.Cut();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (ClosingReason)_reason;
    }

    /// <summary>Ends the session, from wherever; the first reason stays.</summary>
    public void Close(ClosingReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, StillOpen) == StillOpen)
        {
            _feed.Stop();
        }
    }

    /// <summary>Closes a peer that takes longer than it may to log in, to send or to read.</summary>
    public void Watch(DateTimeOffset now)
    {
        if (_outbox.IsOverrun)
        {
            Close(ClosingReason.SlowReader);
        }
        else if (_membership.Worker is null && now - _openedAt > _front.HandshakeTime)
        {
            Close(ClosingReason.HandshakeTimeout);
        }
        else if (now.UtcTicks - Volatile.Read(ref _lastLineTicks) > IdleTimeout.Ticks)
        {
            Close(ClosingReason.Silence);
        }
    }

    public void Dispose() => _outbox.Dispose();

    bool ILineHandler.Take(ReadOnlySpan<byte> line, DateTimeOffset at)
    {
        Volatile.Write(ref _lastLineTicks, at.UtcTicks);
        Handle(StratumMessage.Parse(line), at);
        return true;
    }

    void ILineHandler.CaughtUp() => _membership.JoinWhenComplete();

    private async Task SendLastWordsAsync(Task sending)
    {
        if (ClosingReasons.WordsFor((ClosingReason)_reason) is { } words)
        {
            _outbox.Append(words, static (lines, words) => lines.ShowMessage(words));
        }

        _outbox.Close();
        await sending.WaitAsync(LastWordsTime, _front.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Firmware that hangs up on the extranonce it was given says nothing else about it.</summary>
    private void NoteSoonGone()
    {
        var isSoonGone = _front.Time.GetUtcNow() - _openedAt < FirmwareBook.SoonGone;
        if ((ClosingReason)_reason == ClosingReason.PeerLeft && isSoonGone
            && _handshake is { IsSubscribed: true, Firmware.Length: > 0 } && _membership.Worker?.LastShareAt is null)
        {
            _front.Firmwares.Failed(_handshake.Firmware, _handshake.Layout);
        }
    }

    private void Handle(in StratumMessage message, DateTimeOffset at)
    {
        _malformedLines = message.Kind == MessageKind.Malformed ? _malformedLines + 1 : 0;
        switch (message.Method)
        {
            case var _ when message.Kind == MessageKind.Malformed:
                Refuse(message, StratumError.Malformed);
                CloseIf(_malformedLines >= MaxMalformedLines, ClosingReason.Junk);
                break;
            case StratumMethod.Submit:
                Submit(message, at);
                break;
            case StratumMethod.Configure:
                var poolMask = _membership.Worker?.CurrentUpstream?.VersionMask;
                _handshake.Configure(message, poolMask ?? PoolSession.WantedVersionMask);
                break;
            case StratumMethod.Subscribe:
                _handshake.Subscribe(message);
                break;
            case StratumMethod.Authorize when _membership.Authorize(message) is { } limit:
                Close(limit);
                break;
            case StratumMethod.Authorize:
                break;
            case StratumMethod.SuggestDifficulty or StratumMethod.SuggestTarget:
                Suggest(message);
                break;
            case StratumMethod.ExtranonceSubscribe:
                _handshake.SubscribeExtranonce();
                AnswerTrue(message);
                break;
            case StratumMethod.Ping when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Pong(id));
                break;
            case StratumMethod.GetVersion when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Version(id, ServerName));
                break;
            case var _ when message.Kind == MessageKind.Request:
                Refuse(message, StratumError.NotSupported);
                break;
        }
    }

    private void Submit(in StratumMessage message, DateTimeOffset at)
    {
        if (!_budget.TryTake(_front.Time))
        {
            Refuse(message, StratumError.TooManyShares);
            Close(ClosingReason.SubmitFlood);
        }
        else if (_membership.Worker is { } worker)
        {
            _front.Desk.Handle(message, worker, _membership.Rig!, _outbox, at);
        }
        else
        {
            Refuse(message, _membership.Rig is null ? StratumError.Unauthorised : StratumError.NotSubscribed);
        }
    }

    /// <summary>A wish may come before the login, and as a notification; one that is none is only answered.</summary>
    private void Suggest(in StratumMessage message)
    {
        if (message.Method == StratumMethod.SuggestTarget && SuggestRequest.TryParseTarget(message, out var target))
        {
            _handshake.Suggest(target);
        }
        else if (SuggestRequest.TryParseDifficulty(message, out var difficulty))
        {
            _handshake.Suggest(difficulty);
        }

        _membership.TakeSuggestion();
        AnswerTrue(message);
    }

    private void AnswerTrue(in StratumMessage message)
    {
        if (message.Kind == MessageKind.Request)
        {
            _outbox.Append(message.Id, static (lines, id) => lines.True(id));
        }
    }

    private void Refuse(in StratumMessage message, StratumError error)
    {
        var answer = new Refusal(message.Id, error);
        _outbox.Append(answer, static (lines, answer) => lines.Error(answer.Id, answer.Error));
    }

    private void CloseIf(bool condition, ClosingReason reason)
    {
        if (condition)
        {
            Close(reason);
        }
    }
}
