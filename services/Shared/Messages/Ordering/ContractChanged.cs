namespace Marketplace.Messages.Ordering;

/// <summary>
/// A paid contract as desired state: a proxy node starts and ends it by itself, from this alone. A cancellation is an
/// <paramref name="EndAt"/> that moved forward.
/// </summary>
/// <param name="Destinations">The renter's pools, best first.</param>
public sealed record ContractChanged(
    Guid ContractId,
    Guid OrderId,
    Guid RenterId,
    Guid SellerId,
    Guid RigId,
    string Algorithm,
    UInt128 HashesPerSecond,
    DateTimeOffset StartAt,
    DateTimeOffset EndAt,
    IReadOnlyList<PoolAddress> Destinations,
    long Version) : IVersioned
{
    Guid IVersioned.AggregateId => ContractId;
}
