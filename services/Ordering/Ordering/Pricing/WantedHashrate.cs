namespace Marketplace.Ordering.Pricing;

/// <summary>What a renter wants of a listing, before it has a price.</summary>
internal sealed record WantedHashrate(
    string ListingTitle,
    Algorithm Algorithm,
    Hashrate Hashrate,
    int DurationSeconds,
    UnitPrice UnitPrice);
