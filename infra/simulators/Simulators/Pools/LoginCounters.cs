namespace Marketplace.Simulators.Pools;

/// <summary>What one login did at a pool, at an instant.</summary>
/// <param name="AcceptedWork">Of accepted shares, each at its job's difficulty.</param>
public sealed record LoginCounters(
    string Login,
    long AcceptedShares,
    IReadOnlyDictionary<string, long> RejectedSharesByReason,
    Work AcceptedWork,
    DateTimeOffset? FirstAcceptedAt,
    DateTimeOffset? LastAcceptedAt)
{
    public long RejectedShares => RejectedSharesByReason.Values.Sum();
}

/// <summary>What a pool saw in all, at an instant.</summary>
public sealed record PoolCounters(
    string Pool,
    int OpenConnections,
    long Connections,
    long BrokenConnections,
    long JobsSent,
    long CleanJobsSent,
    long BlocksFound,
    long RefusedLogins,
    long MalformedLines,
    IReadOnlyList<LoginCounters> Logins)
{
    public long AcceptedShares => Logins.Sum(login => login.AcceptedShares);

    public long RejectedShares => Logins.Sum(login => login.RejectedShares);
}
