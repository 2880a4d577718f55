namespace Marketplace.Messages.Catalog;

/// <summary>A rig as the proxy needs it: who may log in, and where its hashrate goes when nobody rents it.</summary>
/// <param name="Login">The Stratum user up to the first dot after the farm: <c>farm.rig</c>.</param>
/// <param name="DefaultPools">The seller's own pools, best first.</param>
public sealed record RigChanged(
    Guid RigId,
    Guid SellerId,
    string Login,
    string Algorithm,
    UInt128 NameplateHashesPerSecond,
    IReadOnlyList<PoolAddress> DefaultPools,
    long Version) : IVersioned
{
    Guid IVersioned.AggregateId => RigId;
}
