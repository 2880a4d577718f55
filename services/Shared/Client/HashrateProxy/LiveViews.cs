using Marketplace.Client.Catalog;

namespace Marketplace.Client.HashrateProxy;

/// <summary>A rig as the proxy sees it now.</summary>
public sealed record RigLive(
    RigId RigId,
    int WorkerCount,
    MeasuredHashrate OneMinute,
    MeasuredHashrate FiveMinutes,
    IReadOnlyList<WorkerLive> Workers,
    DateTimeOffset SeenAt);

/// <param name="WorkingFor"><c>own-pool</c>, <c>contract</c> or <c>waiting</c>.</param>
/// <param name="Switches">How often this connection was rerouted without a reconnect.</param>
public sealed record WorkerLive(
    string Name,
    string Firmware,
    string WorkingFor,
    Hashrate OneMinuteHashrate,
    Difficulty Difficulty,
    long AcceptedShares,
    long RejectedShares,
    int Switches,
    DateTimeOffset ConnectedAt,
    DateTimeOffset? LastShareAt);

/// <summary>A contract as it is being delivered.</summary>
/// <param name="ActiveDestination">The url that is hashed for now; empty when none works.</param>
public sealed record ContractLive(
    ContractId ContractId,
    int WorkerCount,
    MeasuredHashrate OneMinute,
    MeasuredHashrate FiveMinutes,
    Work ProvedWork,
    Work PromisedWorkSoFar,
    string ActiveDestination,
    long AcceptedShares,
    IReadOnlyDictionary<string, long> RejectedSharesByReason,
    long PoolAcceptedShares,
    long PoolRefusedShares,
    long PoolUnansweredShares,
    DateTimeOffset? FirstJobAt,
    DateTimeOffset? FirstPoolAcceptedAt,
    DateTimeOffset? LastShareAt,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset SeenAt);
