namespace Marketplace.Stratum;

/// <summary><c>mining.subscribe</c>, which firmware sends with anything from no parameter to four.</summary>
/// <param name="UserAgent">The firmware's name; empty when it does not say.</param>
/// <param name="SessionId">The session it wants to resume; empty when there is none.</param>
public sealed record SubscribeRequest(string UserAgent, string SessionId)
{
    /// <summary>Anything that is not a text of a bearable length counts as not said.</summary>
    public static SubscribeRequest Parse(in StratumMessage message)
    {
        var items = new JsonItems(message.Parameters);
        return new SubscribeRequest(NextText(ref items), NextText(ref items));
    }

    private static string NextText(ref JsonItems items) =>
        items.TryNext(out var item) && item.TryGetText(StratumLimits.NameBytes, out var text) ? text : "";
}
