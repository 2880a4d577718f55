using System.Globalization;
using System.Text.Json.Nodes;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Farms;

/// <summary>Requests of one connection and the answers that come back to them, in whatever order.</summary>
internal sealed class MinerCalls(LineConnection lines, FirmwareProfile profile, TimeProvider time)
{
    /// <summary>cgminer's patience for one step of the handshake.</summary>
    private const int AnswerTimeoutSeconds = 60;
    private const int MaxUnansweredShares = 4_096;
    private const int PoolerSubmitId = 4;
    private const int FirstSubmitId = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TaskCompletionSource Done, Action<JsonObject> Accept)> _calls = [];
    private readonly Dictionary<string, Queue<MinerJob>> _shares = [];
    private int _nextCallId;
    private int _nextSubmitId = FirstSubmitId;

    /// <summary>Sends a request and gives its answer's task: the caller decides whether to wait.</summary>
    /// <param name="accept">Sees the answer before the next line is read, so that no job overtakes it.</param>
    public async Task<Task> SendAsync(
        string method, JsonNode?[] parameters, Action<JsonObject> accept, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        JsonNode id;
        lock (_gate)
        {
            id = ++_nextCallId;
            _calls[id.ToJsonString()] = (done, accept);
        }

        await lines.WriteAsync([JsonLine.Call(id, method, parameters)], cancellationToken);
        return done.Task.WaitAsync(TimeSpan.FromSeconds(AnswerTimeoutSeconds), time, cancellationToken);
    }

    public async Task SubmitAsync(FoundShare share, string workerName, CancellationToken cancellationToken)
    {
        JsonNode id;
        lock (_gate)
        {
            id = NextSubmitId();
            if (!_shares.TryGetValue(id.ToJsonString(), out var queue))
            {
                _shares[id.ToJsonString()] = queue = new Queue<MinerJob>();
            }

            queue.Enqueue(share.Job);
            if (_shares.Count + queue.Count > MaxUnansweredShares)
            {
                throw new InvalidDataException($"More than {MaxUnansweredShares} shares are unanswered.");
            }
        }

        await lines.WriteAsync([JsonLine.Call(id, "mining.submit", Parameters(share, workerName))], cancellationToken);
    }

    /// <summary>Hands an answer to the call it belongs to; the job when it was a share's.</summary>
    public MinerJob? Answered(JsonObject message)
    {
        var id = message["id"]?.ToJsonString() ?? "";
        lock (_gate)
        {
            if (_calls.Remove(id, out var call))
            {
                call.Accept(message);
                call.Done.TrySetResult();
                return null;
            }

            if (!_shares.TryGetValue(id, out var queue))
            {
                return null;
            }

            var job = queue.Dequeue();
            if (queue.Count == 0)
            {
                _shares.Remove(id);
            }

            return job;
        }
    }

    /// <summary>The jobs of the shares that nobody answered, for when the connection has ended.</summary>
    public IReadOnlyList<MinerJob> Unanswered()
    {
        lock (_gate)
        {
            return [.. _shares.Values.SelectMany(jobs => jobs)];
        }
    }

    private JsonNode NextSubmitId() => profile.SubmitIds switch
    {
        SubmitIds.AlwaysFour => PoolerSubmitId,
        SubmitIds.Text => string.Create(CultureInfo.InvariantCulture, $"s{_nextSubmitId++}"),
        _ => _nextSubmitId++,
    };

    private JsonNode?[] Parameters(FoundShare share, string workerName)
    {
        JsonNode?[] common =
        [
            workerName,
            share.Job.Id,
            Cased(Hex.Of(share.Extranonce2)),
            Cased(Hex.Of(share.Job.Time)),
            Cased(Hex.Of(share.Nonce)),
        ];
        return share.VersionBits is { } bits ? [.. common, Cased(Hex.Of(bits))] : common;
    }

    private string Cased(string hex) => profile.WritesUpperCaseHex ? hex.ToUpperInvariant() : hex;
}
