namespace Marketplace.HashrateProxy.Allocation;

/// <summary>The limits the allocator keeps while it moves workers between a contract and their owner's pool.</summary>
/// <param name="MinSlice">
/// Shortest time a worker stays where it was put, so that dead time per clean job stays small.
/// </param>
/// <param name="TolerancePerMille">
/// Delivery may leave the promise by this much before a worker is sliced, both ways.
/// </param>
/// <param name="MaxSwitchesPerHour">A worker that was moved this often in an hour stays where it is.</param>
internal sealed record AllocationPolicy(TimeSpan MinSlice, int TolerancePerMille, int MaxSwitchesPerHour)
{
    /// <summary>What a machine does not hash while it takes up a clean job.</summary>
    public static readonly TimeSpan DeadTime = TimeSpan.FromSeconds(1);

    /// <summary>What a contract is out of its dead band is made good over so long.</summary>
    public static readonly TimeSpan RecoveryTime = TimeSpan.FromMinutes(10);
}

/// <summary>A worker as the allocator sees it.</summary>
/// <param name="Rate">Its measured hashrate, or what it is taken for until it has one; zero when it is silent.</param>
/// <param name="WorkingFor">The contract it hashes for, or null for its owner's pool.</param>
/// <param name="AssignedAt">Since when.</param>
internal sealed record AllocatableWorker(
    long WorkerKey, Hashrate Rate, ContractId? WorkingFor, DateTimeOffset AssignedAt, int SwitchesLastHour);

/// <summary>What a running contract is owed by this fleet.</summary>
/// <param name="Rate">The promised hashrate.</param>
/// <param name="PromisedInAll">Promised work from the start to the end: with it proved, the contract is served.</param>
/// <param name="PromisedSoFar">Promised work from the start until now.</param>
/// <param name="ProvedSoFar">Accepted work from the start until now.</param>
/// <param name="SharesSoFar">How many shares that is; decides how much of a difference is chance.</param>
internal sealed record ContractDemand(
    ContractId ContractId,
    Hashrate Rate,
    Work PromisedInAll,
    Work PromisedSoFar,
    Work ProvedSoFar,
    long SharesSoFar)
{
    public bool IsServed => ProvedSoFar >= PromisedInAll;

    /// <summary>No work was proved yet: its workers are given to it at once, whatever they did a moment ago.</summary>
    public bool IsStarting => ProvedSoFar == Work.Zero;

    public UInt128 DeliveryPerMille => PromisedSoFar == Work.Zero
        ? 1000
        : ProvedSoFar.Hashes * 1000 / PromisedSoFar.Hashes;
}
