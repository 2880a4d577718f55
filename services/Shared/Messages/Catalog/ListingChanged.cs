namespace Marketplace.Messages.Catalog;

/// <summary>An offer as it stands; a withdrawn one is not for sale but its running contracts go on.</summary>
public sealed record ListingChanged(
    Guid ListingId,
    Guid RigId,
    Guid SellerId,
    string Title,
    string Algorithm,
    UInt128 OfferedHashesPerSecond,
    long PriceMicrosPerUnitDay,
    string Currency,
    int ShortestDurationSeconds,
    int LongestDurationSeconds,
    bool IsPublished,
    long Version) : IVersioned
{
    Guid IVersioned.AggregateId => ListingId;
}
