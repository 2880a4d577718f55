namespace Marketplace.Stratum;

/// <summary><c>client.reconnect</c>: what is left out means "as now".</summary>
/// <param name="Host">Another host; empty for the same.</param>
/// <param name="Port">Another port; null for the same.</param>
/// <param name="WaitSeconds">How long to wait before.</param>
public sealed record ReconnectNotice(string Host, int? Port, int WaitSeconds)
{
    private const int MaxWaitSeconds = 3600;

    public static ReconnectNotice Parse(in StratumMessage message)
    {
        var items = new JsonItems(message.Parameters);
        var host = items.TryNext(out var first) && first.TryGetText(StratumLimits.NameBytes, out var name) ? name : "";
        int? port = items.TryNext(out var second) && second.TryGetInteger(out var number)
            && number is > 0 and <= ushort.MaxValue
                ? number
                : null;
        var wait = items.TryNext(out var third) && third.TryGetInteger(out var seconds) ? seconds : 0;
        return new ReconnectNotice(host, port, Math.Clamp(wait, 0, MaxWaitSeconds));
    }
}
