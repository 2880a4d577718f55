using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>What a pool tells without being asked, except <see cref="PoolJob"/>.</summary>
public static class PoolNotice
{
    /// <summary>
    /// <c>mining.set_difficulty</c>, for the jobs after it; false for zero, negative or no number: ignore it.
    /// </summary>
    public static bool TryParseDifficulty(in StratumMessage message, out Difficulty difficulty) =>
        SuggestRequest.TryParseDifficulty(message, out difficulty);

    /// <summary><c>mining.set_extranonce</c>, for the jobs after it.</summary>
    public static bool TryParseExtranonce(in StratumMessage message, out ExtranonceAssignment assignment)
    {
        var items = new JsonItems(message.Parameters);
        return ExtranonceAssignment.TryRead(ref items, out assignment);
    }

    /// <summary><c>mining.set_version_mask</c>, valid at once.</summary>
    public static bool TryParseVersionMask(in StratumMessage message, out uint mask)
    {
        mask = 0;
        return new JsonItems(message.Parameters).TryNext(out var value) && value.TryGetShortHexWord(out mask);
    }

    /// <summary><c>client.show_message</c>.</summary>
    public static bool TryParseMessage(in StratumMessage message, out string text)
    {
        text = "";
        return new JsonItems(message.Parameters).TryNext(out var value)
            && value.TryGetText(StratumLimits.TextBytes, out text);
    }
}
