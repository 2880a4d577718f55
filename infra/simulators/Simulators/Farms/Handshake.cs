using System.Text.Json.Nodes;
using Marketplace.Simulators.Wire;

namespace Marketplace.Simulators.Farms;

/// <summary>How a machine introduces itself: one step at a time, or everything at once.</summary>
internal sealed class Handshake(MinerCalls calls, MinerWork work, WorkerSettings settings)
{
    private const int LeastVersionBits = 2;
    private readonly FirmwareProfile _profile = settings.Profile;

    /// <exception cref="InvalidDataException">The pool said no, or what it said cannot be hashed with.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> later = [];
        foreach (var (method, parameters, accept, mayStayOpen) in Steps())
        {
            var answer = await calls.SendAsync(method, parameters, accept, cancellationToken);
            if (!mayStayOpen && !_profile.PipelinesHandshake)
            {
                await answer;
            }
            else if (!mayStayOpen)
            {
                later.Add(answer);
            }
        }

        await Task.WhenAll(later);
    }

    private IEnumerable<Step> Steps()
    {
        if (_profile.VersionMask is { } mask)
        {
            var options = new JsonObject
            {
                ["version-rolling.mask"] = Hex.Of(mask),
                ["version-rolling.min-bit-count"] = LeastVersionBits,
            };
            yield return new("mining.configure", [new JsonArray("version-rolling"), options], AcceptConfigure);
        }

        yield return new("mining.subscribe", [_profile.UserAgent], AcceptSubscribe);
        foreach (var name in settings.WorkerNames)
        {
            yield return new("mining.authorize", [name, settings.Password], AcceptAuthorize);
        }

        if (_profile.SuggestedDifficulty is { } difficulty)
        {
            var number = JsonNode.Parse(difficulty.ToString());
            yield return new("mining.suggest_difficulty", [number], _ => { }, MayStayOpen: true);
        }

        if (_profile.SubscribesExtranonce)
        {
            yield return new("mining.extranonce.subscribe", [], _ => { }, MayStayOpen: true);
        }
    }

    private void AcceptConfigure(JsonObject answer)
    {
        var result = answer["result"] as JsonObject ?? [];
        var isGranted = result["version-rolling"]?.ToJsonString() == "true";
        var mask = Hex.TryWord(result["version-rolling.mask"]?.ToString(), out var granted) ? granted : 0;
        if (_profile.NeedsVersionRolling && (!isGranted || mask == 0))
        {
            throw new InvalidDataException("The pool grants no version rolling, and this firmware needs it.");
        }

        work.SetMask(isGranted && mask != 0 ? mask : null);
    }

    private void AcceptSubscribe(JsonObject answer)
    {
        var result = answer["result"] as JsonArray ?? [];
        var sizeBytes = result.ElementAtOrDefault(2) is JsonValue value && value.TryGetValue<int>(out var size)
            ? size
            : 0;
        if (!Hex.TryBytes(JsonLine.Text(result, 1), out var extranonce1))
        {
            throw new InvalidDataException("The answer to subscribe has no extranonce1.");
        }

        CheckSize(sizeBytes);
        work.SetExtranonce(extranonce1, sizeBytes);
    }

    public void CheckSize(int sizeBytes)
    {
        if (sizeBytes < _profile.SmallestExtranonce2SizeBytes)
        {
            throw new InvalidDataException($"An extranonce2 of {sizeBytes} bytes is too short for this firmware.");
        }
    }

    private static void AcceptAuthorize(JsonObject answer)
    {
        if (answer["result"]?.ToJsonString() != "true")
        {
            throw new InvalidDataException("The pool refused the login.");
        }
    }

    private sealed record Step(
        string Method, JsonNode?[] Parameters, Action<JsonObject> Accept, bool MayStayOpen = false);
}
