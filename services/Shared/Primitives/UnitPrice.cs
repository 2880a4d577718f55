using System.Numerics;

namespace Marketplace.Primitives;

/// <summary>
/// A price per hashrate unit and day of its algorithm (PH/s and day for SHA-256d), in millionths of a currency unit.
/// </summary>
public readonly record struct UnitPrice(long MicrosPerUnitDay, Currency Currency)
{
    private const long UnitsPerMicro = Money.UnitsPerWhole / 1_000_000;
    private const int SecondsPerDay = 86_400;

    /// <summary>The price of this much work, rounded down to the ledger's unit.</summary>
    public Money Of(Work work, Algorithm algorithm)
    {
        var numerator = (BigInteger)MicrosPerUnitDay * UnitsPerMicro * work.Hashes;
        var unitDay = (BigInteger)algorithm.PriceUnitHashesPerSecond * SecondsPerDay;
        return new Money((Int128)(numerator / unitDay), Currency);
    }
}
