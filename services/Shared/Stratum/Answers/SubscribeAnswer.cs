namespace Marketplace.Stratum;

/// <summary>A pool's answer to <c>mining.subscribe</c>.</summary>
/// <param name="Assignment">The extranonce it hands out.</param>
/// <param name="SessionId">The name under which the session can be resumed; empty when there is none.</param>
public sealed record SubscribeAnswer(ExtranonceAssignment Assignment, string SessionId)
{
    /// <summary>Reads <c>[[["mining.notify","id"],...],"en1",size]</c> and the short <c>["en1",size]</c>.</summary>
    public static bool TryParse(in StratumMessage response, out SubscribeAnswer answer)
    {
        answer = new SubscribeAnswer(default, "");
        var items = new JsonItems(response.Result);
        var start = items;
        var session = "";
        if (items.TryNext(out var first) && !first.IsText)
        {
            session = SessionOf(first);
        }
        else
        {
            items = start;
        }

        if (!ExtranonceAssignment.TryRead(ref items, out var assignment))
        {
            return false;
        }

        answer = new SubscribeAnswer(assignment, session);
        return true;
    }

    private static string SessionOf(JsonValue subscriptions)
    {
        if (!subscriptions.IsArray)
        {
            return "";
        }

        var items = new JsonItems(subscriptions.Raw);
        if (!items.TryNext(out var first))
        {
            return "";
        }

        // Some pools send one flat pair instead of a list of pairs.
        if (first.IsText)
        {
            return SessionOfPair(subscriptions);
        }

        var session = SessionOfPair(first);
        while (session.Length == 0 && items.TryNext(out var next))
        {
            session = SessionOfPair(next);
        }

        return session;
    }

    private static string SessionOfPair(JsonValue pair)
    {
        var items = new JsonItems(pair.IsArray ? pair.Raw : default);
        return items.TryNext(out var method) && method.Raw.SequenceEqual("\"mining.notify\""u8)
            && items.TryNext(out var id) && id.TryGetText(StratumLimits.NameBytes, out var session)
                ? session
                : "";
    }
}
