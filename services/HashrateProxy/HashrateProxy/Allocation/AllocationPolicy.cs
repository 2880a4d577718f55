namespace Marketplace.HashrateProxy.Allocation;

/// <summary>The limits the allocator keeps while it moves workers between a contract and their owner's pool.</summary>
/// <param name="MinSlice">
/// Shortest time a worker stays where it was put, so that dead time per clean job stays small.
/// </param>
/// <param name="TolerancePerMille">
/// Delivery may leave the promise by this much before a worker is moved, both ways.
/// </param>
/// <param name="MaxSwitchesPerHour">A worker that was moved this often in an hour stays where it is.</param>
internal sealed record AllocationPolicy(TimeSpan MinSlice, int TolerancePerMille, int MaxSwitchesPerHour);

/// <summary>A worker as the allocator sees it.</summary>
/// <param name="Rate">Its measured hashrate; zero while it is not known.</param>
/// <param name="WorkingFor">The contract it hashes for, or null for its owner's pool.</param>
/// <param name="CameFrom">The contract it hashed for before, or null for its owner's pool.</param>
internal sealed record AllocatableWorker(
    long WorkerKey,
    Hashrate Rate,
    ContractId? WorkingFor,
    ContractId? CameFrom,
    DateTimeOffset AssignedAt,
    int SwitchesLastHour);

/// <summary>What a running contract is owed by this fleet.</summary>
/// <param name="Rate">The promised hashrate.</param>
/// <param name="PromisedSoFar">Promised work from the start until now.</param>
/// <param name="ProvedSoFar">Accepted work from the start until now.</param>
/// <param name="SharesSoFar">About how many shares that is; decides how much of a difference is chance.</param>
internal sealed record ContractDemand(
    ContractId ContractId, Hashrate Rate, Work PromisedSoFar, Work ProvedSoFar, long SharesSoFar);
