using System.Text.Json.Nodes;

namespace Marketplace.Simulators.Farms;

/// <summary>Reads a pool's no in each of the shapes that pools use.</summary>
internal static class RejectReason
{
    private const int MaxLength = 80;

    /// <summary>Null when the share was accepted, else the pool's words.</summary>
    public static string? Of(JsonObject answer)
    {
        if (answer["result"]?.ToJsonString() == "true")
        {
            return null;
        }

        var text = answer["error"] switch
        {
            JsonArray triple => triple.ElementAtOrDefault(1)?.ToString(),
            JsonObject error => error["message"]?.ToString(),
            { } plain => plain.ToString(),
            null => answer["reject-reason"]?.ToString(),
        };
        return text is null or "" ? "no reason given" : text[..Math.Min(text.Length, MaxLength)];
    }
}
