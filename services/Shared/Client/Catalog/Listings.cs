namespace Marketplace.Client.Catalog;

/// <param name="PriceMicrosPerUnitDay">
/// Millionths of a currency unit, per the algorithm's hashrate unit (PH/s) and day.
/// </param>
public sealed record PublishListing(
    RigId RigId,
    string Title,
    Hashrate OfferedHashrate,
    long PriceMicrosPerUnitDay,
    Currency Currency,
    int ShortestDurationSeconds,
    int LongestDurationSeconds);

/// <summary>A public offer; the measured hashrate stands beside the claimed one.</summary>
/// <param name="PriceUnit">What the price is per, with the day: <c>PH/s</c>.</param>
/// <param name="IsSimulated">True for the demo algorithm; shown wherever the listing is.</param>
/// <param name="IsPoolAttested">
/// True where shares are credited on their pools' word and not verified; shown wherever the listing is.
/// </param>
/// <param name="Measured">Of its whole rig over the last 5 minutes; null before the first measured minute.</param>
/// <param name="MeasuredOverHour">Of its whole rig over the last 60 minutes.</param>
public sealed record Listing(
    ListingId Id,
    RigId RigId,
    OrganisationId SellerId,
    string Title,
    string Location,
    string Algorithm,
    bool IsSimulated,
    bool IsPoolAttested,
    Hashrate OfferedHashrate,
    Hashrate NameplateHashrate,
    MeasuredHashrate? Measured,
    MeasuredHashrate? MeasuredOverHour,
    long PriceMicrosPerUnitDay,
    string PriceUnit,
    Currency Currency,
    int ShortestDurationSeconds,
    int LongestDurationSeconds,
    bool IsPublished,
    DateTimeOffset PublishedAt);

/// <summary>One page of a list.</summary>
public sealed record ListingPage(IReadOnlyList<Listing> Items, string? NextCursor);
