using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Pools;

/// <summary>One miner's connection to the pool: its handshake, its jobs, its shares.</summary>
internal sealed class PoolConnection(LineConnection lines, PoolFloor floor, byte[] extranonce1)
{
    private const int MaxQueuedWrites = 1_024;
    private const int MaxLogins = 256;

    private readonly Lock _gate = new();
    private readonly Channel<string[]> _outgoing = Channel.CreateBounded<string[]>(MaxQueuedWrites);
    private readonly HashSet<string> _logins = [];
    private readonly Vardiff? _vardiff = floor.Settings.Vardiff is { } vardiff ? new(vardiff, floor.Time) : null;
    private readonly IssuedJobs _jobs =
        new(floor.Time, TimeSpan.FromMilliseconds(floor.Settings.StaleGraceMilliseconds));

    private Difficulty _difficulty = floor.Settings.Difficulty;
    private Difficulty? _nextDifficulty = floor.Settings.Difficulty;
    private uint? _mask;
    private bool _isSubscribed;
    private bool _hasJob;

    /// <summary>Serves until the other side closes or breaks the rules of the connection.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(ended.Token);
        try
        {
            var delay = TimeSpan.FromMilliseconds(floor.Failures.AcceptDelayMilliseconds);
            await Task.Delay(delay, floor.Time, ended.Token);
            while (await lines.ReadLineAsync(ended.Token) is { } line)
            {
                Handle(line);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or InvalidDataException
            or OperationCanceledException or ObjectDisposedException)
        {
            floor.Tally.Disconnected();
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await ended.CancelAsync();
            await writing;
        }
    }

    /// <summary>Sends a job, after its difficulty where that changed; to nobody who has not logged in.</summary>
    public void SendJob(PoolJob job, bool isClean)
    {
        lock (_gate)
        {
            if (!_isSubscribed || _logins.Count == 0 || floor.Failures.StopsJobs)
            {
                return;
            }

            var isFirst = !_hasJob;
            List<string> pieces = [];
            if (_nextDifficulty is { } next && (isFirst || next != _difficulty))
            {
                _difficulty = next;
                pieces.Add(JsonLine.SetDifficulty(next));
            }

            (_nextDifficulty, _hasJob) = (null, true);
            pieces.Add(job.Notify(isClean || isFirst));
            _jobs.Add(
                new IssuedJob(job, _difficulty, extranonce1, floor.Settings.Extranonce2SizeBytes, _mask),
                isClean || isFirst);
            floor.Tally.JobSent(isClean || isFirst);
            Send([.. pieces]);
        }
    }

    public void SetDifficulty(Difficulty difficulty)
    {
        lock (_gate)
        {
            _nextDifficulty = difficulty;
        }

        SendJob(floor.JobForOne(), isClean: false);
    }

    public void AskToReconnect(string host, int port) =>
        Send(host.Length == 0 ? JsonLine.Call(null, "client.reconnect") : JsonLine.Call(
            null, "client.reconnect", host, port, 0));

    private void Handle(string line)
    {
        if (!JsonLine.TryRead(line, out var message)
            || message["method"] is not JsonValue name || !name.TryGetValue<string>(out var method))
        {
            floor.Tally.LineWasMalformed();
            Send(RejectAnswer.Write(null, ShareVerdict.Malformed, RejectForm.Triple));
            return;
        }

        var id = message["id"];
        var parameters = message["params"] as JsonArray ?? [];
        switch (method)
        {
            case "mining.configure":
                Send(JsonLine.Answer(id, Configure(parameters)));
                break;
            case "mining.subscribe":
                Subscribe(id);
                break;
            case "mining.authorize":
                Authorize(id, parameters);
                break;
            case "mining.submit":
                Submit(id, parameters);
                break;
            case "mining.suggest_difficulty":
                Send(JsonLine.Answer(id, true));
                Wish(JsonLine.DifficultyAt(parameters, 0));
                break;
            case "mining.extranonce.subscribe":
                Send(JsonLine.Answer(id, true));
                break;
            case "mining.ping":
                Send(JsonLine.Answer(id, "pong"));
                break;
            default:
                Send(RejectAnswer.Write(id, new ShareVerdict("unknown", 20, "Not supported."), RejectForm.Triple));
                break;
        }
    }

    private JsonObject Configure(JsonArray parameters)
    {
        var answer = new JsonObject();
        var extensions = parameters.ElementAtOrDefault(0) as JsonArray ?? [];
        var options = parameters.ElementAtOrDefault(1) as JsonObject ?? [];
        if (extensions.Any(extension => extension?.ToString() == "version-rolling"))
        {
            var wanted = Hex.TryWord(options["version-rolling.mask"]?.ToString(), out var mask) ? mask : uint.MaxValue;
            var granted = (floor.Settings.VersionMask ?? 0) & wanted;
            _mask = granted == 0 ? null : granted;
            answer["version-rolling"] = granted != 0;
            if (granted != 0)
            {
                answer["version-rolling.mask"] = Hex.Of(granted);
            }
        }

        if (extensions.Any(extension => extension?.ToString() == "subscribe-extranonce"))
        {
            answer["subscribe-extranonce"] = true;
        }

        return answer;
    }

    private void Subscribe(JsonNode? id)
    {
        var session = Hex.Of(extranonce1);
        Send(JsonLine.Answer(id, new JsonArray(
            new JsonArray(
                new JsonArray("mining.set_difficulty", session),
                new JsonArray("mining.notify", session)),
            session,
            floor.Settings.Extranonce2SizeBytes)));
        _isSubscribed = true;
        SendFirstJob();
    }

    private void Authorize(JsonNode? id, JsonArray parameters)
    {
        var login = JsonLine.Text(parameters, 0);
        if (login is null || floor.Failures.RefusesLogins || _logins.Count >= MaxLogins)
        {
            floor.Tally.LoginRefused();
            Send(JsonLine.Answer(id, false));
            return;
        }

        Send(JsonLine.Answer(id, true));
        Wish(PasswordOptions.Difficulty(JsonLine.Text(parameters, 1) ?? ""));
        lock (_gate)
        {
            _logins.Add(login);
        }

        SendFirstJob();
    }

    private void SendFirstJob()
    {
        if (!_hasJob && floor.Current is { } job)
        {
            SendJob(job, isClean: true);
        }
    }

    /// <summary>A wish after the first job gets a job of its own: a repeated one would be the same work.</summary>
    private void Wish(Difficulty? wanted)
    {
        if (wanted is not { } wish || floor.Settings.EasiestDifficulty is not { } easiest)
        {
            return;
        }

        lock (_gate)
        {
            _nextDifficulty = wish > easiest ? wish : easiest;
        }

        if (_hasJob)
        {
            SendJob(floor.JobForOne(), isClean: false);
        }
    }

    private void Submit(JsonNode? id, JsonArray parameters)
    {
        var share = new SubmittedShare(
            JsonLine.Text(parameters, 0) ?? "",
            JsonLine.Text(parameters, 1) ?? "",
            JsonLine.Text(parameters, 2) ?? "",
            JsonLine.Text(parameters, 3) ?? "",
            JsonLine.Text(parameters, 4) ?? "",
            JsonLine.Text(parameters, 5));
        ShareVerdict verdict;
        IssuedJob? issued;
        lock (_gate)
        {
            issued = _jobs.Find(share.JobId);
            verdict = parameters.Count < 5 ? ShareVerdict.Malformed
                : !_logins.Contains(share.WorkerName) ? ShareVerdict.Unauthorized
                : issued is null ? ShareVerdict.Stale
                : floor.Judge(share, issued);
        }

        floor.Tally.Judged(share.WorkerName, verdict, issued is null ? Work.Zero : floor.WorkOf(issued));
        if (!verdict.IsAccepted)
        {
            Send(RejectAnswer.Write(id, verdict, floor.Failures.RejectForm));
            return;
        }

        Send(JsonLine.Answer(id, true));
        Retarget();
    }

    private void Retarget()
    {
        _vardiff?.Count();
        if (_vardiff?.Retarget(_difficulty) is { } retargeted)
        {
            lock (_gate)
            {
                _nextDifficulty = retargeted;
            }
        }
    }

    private void Send(params string[] pieces)
    {
        if (!floor.Failures.StopsAnswering && !_outgoing.Writer.TryWrite(pieces))
        {
            _outgoing.Writer.TryComplete();
        }
    }

    /// <summary>Ends, and with it the connection, when the miner stops reading.</summary>
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var pieces in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await lines.WriteAsync(pieces, cancellationToken);
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException)
        {
            _outgoing.Writer.TryComplete();
        }

        await lines.DisposeAsync();
    }
}
