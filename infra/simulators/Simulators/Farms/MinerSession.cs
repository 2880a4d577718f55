using System.Text.Json.Nodes;
using System.Threading.Channels;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Farms;

/// <summary>One connection of a machine, from its handshake to its end.</summary>
internal sealed class MinerSession
{
    /// <summary>cgminer gives a silent pool up after so long, in seconds.</summary>
    private const int SilenceTimeoutSeconds = 90;
    private const int MaxQueuedShares = 1_024;

    private readonly LineConnection _lines;
    private readonly WorkerSettings _settings;
    private readonly WorkerTally _tally;
    private readonly TimeProvider _time;
    private readonly MinerWork _work;
    private readonly MinerCalls _calls;
    private readonly Handshake _handshake;
    private readonly Channel<FoundShare> _found = Channel.CreateBounded<FoundShare>(MaxQueuedShares);
    private bool _isIntroduced;

    public MinerSession(LineConnection lines, WorkerSettings settings, WorkerTally tally, TimeProvider time)
    {
        (_lines, _settings, _tally, _time) = (lines, settings, tally, time);
        _work = new MinerWork(settings.Profile, settings.Algorithm);
        _calls = new MinerCalls(lines, settings.Profile, time);
        _handshake = new Handshake(_calls, _work, settings);
    }

    public bool HadJob { get; private set; }

    /// <summary>Called by the hashing loop; a full queue loses shares, as a real machine's would.</summary>
    public void Hash(int count)
    {
        List<FoundShare> found = [];
        _work.Hash(count, found);
        foreach (var share in found)
        {
            _found.Writer.TryWrite(share);
        }
    }

    /// <summary>Ends with an exception that says why, or quietly when the pool closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(ending.Token);
        var mining = MineAsync(ending.Token);
        var first = await Task.WhenAny(reading, mining);
        await ending.CancelAsync();
        if (!_isIntroduced && !cancellationToken.IsCancellationRequested)
        {
            _tally.HandshakeFailed();
        }

        await _lines.DisposeAsync();
        await Task.WhenAll(reading, mining).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var job in _calls.Unanswered())
        {
            _tally.LeftUnanswered(job);
        }

        await first;
    }

    private async Task MineAsync(CancellationToken cancellationToken)
    {
        await _handshake.RunAsync(cancellationToken);
        _isIntroduced = true;
        await foreach (var share in _found.Reader.ReadAllAsync(cancellationToken))
        {
            if (share.Extranonce2.Length > _settings.Profile.LargestExtranonce2SizeBytes)
            {
                continue;
            }

            _tally.Submitted();
            await _calls.SubmitAsync(share, _settings.WorkerNames[share.NameIndex], cancellationToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(SilenceTimeoutSeconds), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            var line = await _lines.ReadLineAsync(either.Token);
            if (line is null)
            {
                return;
            }

            if (JsonLine.TryRead(line, out var message))
            {
                await HandleAsync(message, cancellationToken);
            }
        }
    }

    private async Task HandleAsync(JsonObject message, CancellationToken cancellationToken)
    {
        var parameters = message["params"] as JsonArray ?? [];
        switch (message["method"]?.ToString())
        {
            case null:
                if (_calls.Answered(message) is { } job)
                {
                    _tally.Answered(job, RejectReason.Of(message));
                }

                break;
            case "mining.notify":
                Notified(parameters);
                break;
            case "mining.set_difficulty" when JsonLine.DifficultyAt(parameters, 0) is { } difficulty:
                _work.SetDifficulty(difficulty);
                break;
            case "mining.set_extranonce" when _settings.Profile.ObeysSetExtranonce:
                SetExtranonce(parameters);
                break;
            case "mining.set_version_mask" when Hex.TryWord(JsonLine.Text(parameters, 0), out var mask):
                _work.SetMask(mask == 0 ? null : mask & _settings.Profile.VersionMask);
                break;
            case "client.reconnect":
                throw new InvalidDataException("The pool asked for a reconnect.");
            case "mining.ping":
                await _lines.WriteAsync([JsonLine.Answer(message["id"], "pong")], cancellationToken);
                break;
            case "client.get_version":
                var version = JsonLine.Answer(message["id"], _settings.Profile.UserAgent);
                await _lines.WriteAsync([version], cancellationToken);
                break;
            default:
                break;
        }
    }

    private void Notified(JsonArray parameters)
    {
        if (_work.Notify(parameters) is { } job)
        {
            HadJob = true;
            _tally.Notified(job, MinerJob.IsClean(parameters));
        }
    }

    private void SetExtranonce(JsonArray parameters)
    {
        if (Hex.TryBytes(JsonLine.Text(parameters, 0), out var extranonce1)
            && parameters.ElementAtOrDefault(1) is JsonValue value && value.TryGetValue<int>(out var sizeBytes))
        {
            _handshake.CheckSize(sizeBytes);
            _work.SetExtranonce(extranonce1, sizeBytes);
        }
    }
}
