namespace Marketplace.Ordering.Capacity;

/// <summary>Hashrate of a rig that is promised to somebody over a time: by an order or by a contract.</summary>
/// <param name="UntilAt">The first instant at which it is free again.</param>
internal sealed record Reservation(
    ListingId ListingId, Hashrate Hashrate, DateTimeOffset FromAt, DateTimeOffset UntilAt);
