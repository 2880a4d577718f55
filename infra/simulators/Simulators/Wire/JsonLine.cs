using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketplace.Simulators.Wire;

/// <summary>Reading and writing one line of JSON-RPC as Stratum bends it.</summary>
internal static class JsonLine
{
    public static bool TryRead(string line, out JsonObject message)
    {
        message = [];
        try
        {
            message = JsonNode.Parse(line) as JsonObject ?? [];
            return message.Count > 0;
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            return false;
        }
    }

    public static string Call(JsonNode? id, string method, params JsonNode?[] parameters) => new JsonObject
    {
        ["id"] = id,
        ["method"] = method,
        ["params"] = new JsonArray(parameters),
    }.ToJsonString();

    /// <summary>A difficulty goes out digit for digit: a JSON library would round it.</summary>
    public static string SetDifficulty(Difficulty difficulty) =>
        $$"""{"id":null,"method":"mining.set_difficulty","params":[{{difficulty}}]}""";

    public static string Answer(JsonNode? id, JsonNode? result) => new JsonObject
    {
        ["id"] = id?.DeepClone(),
        ["result"] = result,
        ["error"] = null,
    }.ToJsonString();

    public static string? Text(JsonArray parameters, int index) =>
        index < parameters.Count && parameters[index] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>A number as it was written, so that no fraction is lost.</summary>
    public static Difficulty? DifficultyAt(JsonArray parameters, int index) =>
        index < parameters.Count && parameters[index] is { } node
        && Difficulty.TryParse(node.ToJsonString().Trim('"'), out var difficulty)
            ? difficulty
            : null;
}
