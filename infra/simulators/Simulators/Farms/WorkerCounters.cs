namespace Marketplace.Simulators.Farms;

/// <summary>What one connection of a simulated farm did, at an instant.</summary>
/// <param name="Reconnects">Connections after the first one; zero is what a reroute must leave it at.</param>
/// <param name="HashesFor">The coinbase text of the job it hashes now; empty without a job.</param>
/// <param name="HashesForSince">When a notify last changed that.</param>
/// <param name="WorkPerShare">What one share of the current job proves.</param>
/// <param name="ByCoinbase">The shares by the coinbase text of their jobs.</param>
public sealed record WorkerCounters(
    string Name,
    string Firmware,
    long SubmittedShares,
    long AcceptedShares,
    IReadOnlyDictionary<string, long> RejectedSharesByReason,
    long Jobs,
    long CleanJobs,
    long Connections,
    long Reconnects,
    long FailedHandshakes,
    string HashesFor,
    DateTimeOffset? HashesForSince,
    Work WorkPerShare,
    IReadOnlyDictionary<string, CoinbaseCounters> ByCoinbase)
{
    public long RejectedShares => RejectedSharesByReason.Values.Sum();

    public long UnansweredShares => SubmittedShares - AcceptedShares - RejectedShares;
}

/// <summary>A connection's shares for one pool.</summary>
/// <param name="UnansweredWork">Of shares whose connection ended before their answer came.</param>
/// <param name="Arrivals">How often the connection was switched to this pool.</param>
public sealed record CoinbaseCounters(
    long AcceptedShares,
    Work AcceptedWork,
    Work UnansweredWork,
    long RejectedShares,
    long Arrivals,
    DateTimeOffset FirstJobAt,
    DateTimeOffset? FirstAcceptedAt);
