using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>Reads one worker's lines until it goes, and answers every request.</summary>
internal sealed class WorkerSession(
    long key,
    ConnectionContext connection,
    Extranonce extranonce1,
    RouteBook book,
    SubmitDesk desk,
    JobIds jobIds,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    /// <summary>A peer that has not authorised by then is not a worker.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A worker that sends nothing for so long is gone, whatever its socket says.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Why it is closed is still sent to a peer that is being closed, if it reads.</summary>
    private static readonly TimeSpan LastWordsTime = TimeSpan.FromSeconds(1);

    /// <summary>Lines that are no Stratum, in a row, before the connection is closed.</summary>
    private const int MaxMalformedLines = 10;

    private readonly LineOutbox<DownstreamLineWriter> _outbox = new(
        time, static output => new DownstreamLineWriter(output));
    private WorkerConnection? _worker;
    private RigRouter? _authorisedRig;
    private RigRouter? _rig;
    private int _malformedLines;

    private WorkerConnection Worker =>
        _worker ??= new WorkerConnection(key, new WorkerHandshake(_outbox, extranonce1), _outbox, jobIds, time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, connection.ConnectionClosed);
        await using var output = connection.Transport.Output.AsStream(leaveOpen: true);
        var sending = _outbox.SendAsync(output, ended.Token);
        try
        {
            await ReadLinesAsync(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            logger.LogDebug("Worker {Key} was closed", key);
        }
        finally
        {
            _rig?.Leave(Worker);
            _outbox.Close();
            await sending.WaitAsync(LastWordsTime, time, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _outbox.Dispose();

    private async Task ReadLinesAsync(CancellationToken cancellationToken)
    {
        var reader = new StratumLineReader(connection.Transport.Input);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(HandshakeTimeout);
        while (true)
        {
            if (await TryReadAsync(reader, limit.Token, cancellationToken) is not { } line
                || !Handle(StratumMessage.Parse(line.Span)))
            {
                return;
            }

            if (_outbox.IsOverrun)
            {
                Close("it does not read what it is sent");
                return;
            }

            if (Worker.IsReady)
            {
                limit.CancelAfter(IdleTimeout);
            }
        }
    }

    /// <returns>Null when the connection is to be closed.</returns>
    private async ValueTask<ReadOnlyMemory<byte>?> TryReadAsync(
        StratumLineReader reader, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            var line = await reader.ReadAsync(limit);
            if (line.Status == LineStatus.Line)
            {
                return line.Bytes;
            }

            if (line.Status == LineStatus.TooLong)
            {
                _outbox.Append(StratumError.Malformed, static (lines, error) => lines.Error(default, error));
            }

            Close(line.Status == LineStatus.TooLong ? "a line over the limit" : "the peer left");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Close("it was silent for too long");
        }

        return null;
    }

    /// <returns>False when the connection is to be closed.</returns>
    private bool Handle(in StratumMessage message)
    {
        switch (message.Method)
        {
            case var _ when message.Kind == MessageKind.Malformed:
                return CountMalformed(message);
            case StratumMethod.Submit when _rig is { } rig:
                desk.Handle(message, Worker, rig, _outbox);
                break;
            case StratumMethod.Submit:
                _outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Unauthorised));
                break;
            case StratumMethod.Configure:
                Worker.Handshake.Configure(message);
                break;
            case StratumMethod.Subscribe:
                Worker.Handshake.Subscribe(message);
                JoinWhenComplete();
                break;
            case StratumMethod.Authorize:
                Authorize(message);
                break;
            case StratumMethod.SuggestDifficulty when SuggestRequest.TryParseDifficulty(message, out var difficulty):
                Worker.Handshake.Suggest(difficulty);
                AnswerTrue(message);
                break;
            case StratumMethod.Ping when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Pong(id));
                break;
            case StratumMethod.ExtranonceSubscribe or StratumMethod.SuggestDifficulty or StratumMethod.SuggestTarget:
                AnswerTrue(message);
                break;
            case var _ when message.Kind == MessageKind.Request:
                _outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.NotSupported));
                break;
        }

        _malformedLines = 0;
        return true;
    }

    private void AnswerTrue(in StratumMessage message)
    {
        if (message.Kind == MessageKind.Request)
        {
            _outbox.Append(message.Id, static (lines, id) => lines.True(id));
        }
    }

    private bool CountMalformed(in StratumMessage message)
    {
        _outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Malformed));
        if (++_malformedLines < MaxMalformedLines)
        {
            return true;
        }

        Close($"{MaxMalformedLines} lines in a row that are no Stratum ({message.Fault})");
        return false;
    }

    private void Authorize(in StratumMessage message)
    {
        if (!AuthorizeRequest.TryParse(message, out var asked)
            || book.FindByLogin(RigLogin.Of(asked.User)) is not { } rig
            || (_authorisedRig is not null && _authorisedRig != rig)
            || !Worker.Handshake.TryAddName(asked.User))
        {
            _outbox.Append(message.Id, static (lines, id) => lines.Error(id, StratumError.Unauthorised));
            return;
        }

        if (RigLogin.DifficultyOption(asked.Password) is { } difficulty)
        {
            Worker.Handshake.Suggest(difficulty);
        }

        AnswerTrue(message);
        _authorisedRig = rig;
        JoinWhenComplete();
    }

    /// <summary>Authorize may come before subscribe: the worker joins its rig when it has both.</summary>
    private void JoinWhenComplete()
    {
        if (_rig is null && _authorisedRig is { } rig && Worker.IsReady)
        {
            _rig = rig;
            var pace = WorkerPace.SharesPerMinute(1);
            Worker.WantedDifficulty = Worker.Handshake.SuggestedDifficulty
                ?? WorkerPace.First(rig.Nameplate, pace, rig.Algorithm);
            rig.Join(Worker);
        }
    }

    private void Close(string reason) =>
        logger.LogInformation("Worker {Key} from {Peer} is closed: {Reason}", key, connection.RemoteEndPoint, reason);
}
