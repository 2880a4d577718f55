using System.Globalization;

namespace Marketplace.Ordering.Listings;

/// <summary>What may be asked of a listing.</summary>
internal static class ListingRules
{
    private const int WholeInBasisPoints = 10_000;

    /// <exception cref="BusinessRuleException"><c>hashrate-out-of-range</c>, <c>duration-out-of-range</c></exception>
    public static void EnsureSells(
        this OfferedListing listing, Hashrate hashrate, int durationSeconds, int smallestShareBasisPoints)
    {
        var least = SmallestShare(listing.OfferedHashrate, smallestShareBasisPoints);
        if (hashrate < least || hashrate > listing.OfferedHashrate)
        {
            throw BusinessRuleException.Invalid(
                "hashrate-out-of-range", $"This listing sells from {least} to {listing.OfferedHashrate}.");
        }

        if (durationSeconds < listing.ShortestDurationSeconds || durationSeconds > listing.LongestDurationSeconds)
        {
            throw BusinessRuleException.Invalid("duration-out-of-range", string.Create(
                CultureInfo.InvariantCulture,
                $"It is rented for {listing.ShortestDurationSeconds} to {listing.LongestDurationSeconds} seconds."));
        }
    }

    /// <summary>Rounded up to a whole hash a second, so never zero.</summary>
    private static Hashrate SmallestShare(Hashrate offered, int basisPoints) => new(UInt128.Max(
        1, (offered.HashesPerSecond * (UInt128)basisPoints + (WholeInBasisPoints - 1)) / WholeInBasisPoints));
}
