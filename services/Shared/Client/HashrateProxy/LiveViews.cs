using Marketplace.Client.Catalog;

namespace Marketplace.Client.HashrateProxy;

/// <summary>What was proved in the last so many minutes, and how sure that is.</summary>
/// <param name="Minutes">1, 5, 15 or 60; the window is shorter where there was nothing before.</param>
/// <param name="Proved">By shares that were hashed again here, or accepted by pools that attest them.</param>
/// <param name="Lowest">The 95 % interval of the hashrate behind these shares begins here,</param>
/// <param name="Highest">and ends here.</param>
/// <param name="Shares">Accepted in it.</param>
/// <param name="PoolConfirmed">By shares the pool accepted, at the pool's own difficulty; of contracts only.</param>
public sealed record LiveWindow(
    int Minutes, MeasuredHashrate Proved, Hashrate Lowest, Hashrate Highest, int Shares, Hashrate? PoolConfirmed);

/// <summary>Whether a contract's work arrives.</summary>
/// <param name="State"><c>starting</c>, <c>arriving</c>, <c>reduced</c>, <c>stopped</c> or <c>over</c>.</param>
/// <param name="SinceAt">Since when it is so.</param>
/// <param name="Fault">
/// Who keeps it from arriving: <c>seller</c>, <c>renter</c>, <c>pool</c> or <c>marketplace</c>; null while nobody does.
/// </param>
public sealed record ContractFlow(string State, DateTimeOffset SinceAt, string? Fault);

/// <summary>A rig as the proxy sees it now.</summary>
/// <param name="IsPoolAttested">
/// Its shares are credited on their pools' word and not verified; false too while nothing of it is seen.
/// </param>
/// <param name="Workers">
/// At most a thousand a node, from a moment after somebody began to look; <c>WorkerCount</c> is right at once.
/// </param>
public sealed record RigLive(
    RigId RigId,
    bool IsPoolAttested,
    int WorkerCount,
    MeasuredHashrate OneMinute,
    MeasuredHashrate FiveMinutes,
    IReadOnlyList<LiveWindow> Windows,
    IReadOnlyList<WorkerLive> Workers,
    DateTimeOffset SeenAt);

/// <param name="WorkingFor"><c>own-pool</c>, <c>contract</c> or <c>waiting</c>.</param>
/// <param name="Switches">How often this connection was rerouted without a reconnect.</param>
public sealed record WorkerLive(
    string Name,
    string Firmware,
    string WorkingFor,
    Hashrate OneMinuteHashrate,
    IReadOnlyList<LiveWindow> Windows,
    Difficulty Difficulty,
    long AcceptedShares,
    long RejectedShares,
    int Switches,
    DateTimeOffset ConnectedAt,
    DateTimeOffset? LastShareAt);

/// <summary>A contract as it is being delivered.</summary>
/// <param name="IsPoolAttested">Its shares are credited on their pools' word and not verified.</param>
/// <param name="ActiveDestination">The url that is hashed for now; empty when none works.</param>
/// <param name="PoolRefusedSharesByReason">In the pools' own words; shown to the renter only.</param>
public sealed record ContractLive(
    ContractId ContractId,
    bool IsPoolAttested,
    int WorkerCount,
    MeasuredHashrate OneMinute,
    MeasuredHashrate FiveMinutes,
    IReadOnlyList<LiveWindow> Windows,
    ContractFlow Flow,
    Work ProvedWork,
    Work PromisedWorkSoFar,
    string ActiveDestination,
    long AcceptedShares,
    IReadOnlyDictionary<string, long> RejectedSharesByReason,
    long PoolAcceptedShares,
    long PoolRefusedShares,
    IReadOnlyDictionary<string, long> PoolRefusedSharesByReason,
    long PoolUnansweredShares,
    DateTimeOffset? FirstJobAt,
    DateTimeOffset? FirstPoolAcceptedAt,
    DateTimeOffset? LastShareAt,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset SeenAt);
