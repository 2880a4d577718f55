namespace Marketplace.Stratum;

/// <summary>
/// The longest coinbase that firmware is known to hash, in bytes, as the DATUM gateway found by trying. Beyond it
/// machines reconnect for ever or hash something else.
/// </summary>
public static class FirmwareLimits
{
    /// <summary>No firmware is known to take more.</summary>
    public const int MaxCoinbaseBytes = 16_000;

    /// <summary>Every firmware is known to take this: the rented fleets of marketplaces take the least.</summary>
    public const int SafeCoinbaseBytes = 500;

    /// <summary>Where one name begins another, the longer one stands first.</summary>
    private static readonly (string Agent, int CoinbaseBytes)[] ByAgent =
    [
        ("nicehash", SafeCoinbaseBytes),
        ("antminer s21", 2_250),
        ("antminer", 730),
        ("bmminer", 730),
        ("whatsminer", 6_500),
        ("xminer", MaxCoinbaseBytes),
        ("powerplay", MaxCoinbaseBytes),
    ];

    /// <summary>What a firmware takes by its user agent; null for one that nobody tried.</summary>
    public static int? CoinbaseBytes(string userAgent)
    {
        foreach (var (agent, bytes) in ByAgent)
        {
            if (userAgent.StartsWith(agent, StringComparison.OrdinalIgnoreCase))
            {
                return bytes;
            }
        }

        return null;
    }
}
