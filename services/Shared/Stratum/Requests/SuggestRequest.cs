using System.Numerics;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>What a worker suggests before or after it is authorised; it may be a notification.</summary>
public static class SuggestRequest
{
    private const int TargetDigits = Target.SizeBytes * 2;

    /// <summary><c>mining.suggest_difficulty</c>: false for zero, negative or no number.</summary>
    public static bool TryParseDifficulty(in StratumMessage message, out Difficulty difficulty)
    {
        difficulty = default;
        return new JsonItems(message.Parameters).TryNext(out var value) && value.TryGetDifficulty(out difficulty);
    }

    /// <summary><c>mining.suggest_target</c>: up to 64 hex digits, most significant first.</summary>
    public static bool TryParseTarget(in StratumMessage message, out Target target)
    {
        target = default;
        if (!new JsonItems(message.Parameters).TryNext(out var value)
            || !value.TryGetPlain(TargetDigits, out _)
            || !value.TryGetBytes(out var bytes)
            || bytes.Length == 0)
        {
            return false;
        }

        target = Target.FromInteger(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
        return true;
    }
}
