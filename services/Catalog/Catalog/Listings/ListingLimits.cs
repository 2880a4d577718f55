namespace Marketplace.Catalog.Listings;

internal static class ListingLimits
{
    public const int MaxTitleLength = 80;
    public const int MaxPublishedPerRig = 20;

    /// <summary>One cent and ten thousand per hashrate unit and day: beyond either it is a slip of the unit.</summary>
    public const long LowestPriceMicrosPerUnitDay = 10_000;
    public const long HighestPriceMicrosPerUnitDay = 10_000_000_000;

    public const int ShortestDurationSeconds = 3_600;
    public const int ShortestDemoDurationSeconds = 60;
    public const int LongestDurationSeconds = 30 * 86_400;

    public const int DefaultPageSize = 20;
    public const int MaxPageSize = 100;
    public const int MaxOwnListings = 500;
}
