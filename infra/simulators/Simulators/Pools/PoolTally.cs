namespace Marketplace.Simulators.Pools;

/// <summary>The counters while they count.</summary>
internal sealed class PoolTally(TimeProvider time)
{
    /// <summary>Logins counted apart; what comes after is counted under <see cref="OverflowLogin"/>.</summary>
    private const int MaxLogins = 10_000;
    private const string OverflowLogin = "(others)";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoginTally> _logins = [];
    private long _connections;
    private long _brokenConnections;
    private long _jobsSent;
    private long _cleanJobsSent;
    private long _blocksFound;
    private long _refusedLogins;
    private long _malformedLines;
    private long _validShares;

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Disconnected() => Interlocked.Increment(ref _brokenConnections);

    public void LoginRefused() => Interlocked.Increment(ref _refusedLogins);

    public void LineWasMalformed() => Interlocked.Increment(ref _malformedLines);

    public void BlockFound() => Interlocked.Increment(ref _blocksFound);

    public void JobSent(bool isClean)
    {
        Interlocked.Increment(ref _jobsSent);
        if (isClean)
        {
            Interlocked.Increment(ref _cleanJobsSent);
        }
    }

    /// <summary>Counts the valid shares of all logins: every n-th of these is what a failing pool refuses.</summary>
    public long NextValidShare() => Interlocked.Increment(ref _validShares);

    public void Judged(string login, ShareVerdict verdict, Work work)
    {
        lock (_gate)
        {
            var tally = Of(login);
            if (!verdict.IsAccepted)
            {
                tally.Rejected[verdict.Reason] = tally.Rejected.GetValueOrDefault(verdict.Reason) + 1;
                return;
            }

            tally.Accepted++;
            tally.Work += work;
            tally.LastAcceptedAt = time.GetUtcNow();
            tally.FirstAcceptedAt ??= tally.LastAcceptedAt;
        }
    }

    public PoolCounters Snapshot(string pool, int openConnections)
    {
        lock (_gate)
        {
            return new PoolCounters(
                pool,
                openConnections,
                _connections,
                _brokenConnections,
                _jobsSent,
                _cleanJobsSent,
                _blocksFound,
                _refusedLogins,
                _malformedLines,
                [.. _logins.Select(login => login.Value.Snapshot(login.Key))]);
        }
    }

    private LoginTally Of(string login)
    {
        var name = _logins.ContainsKey(login) || _logins.Count < MaxLogins ? login : OverflowLogin;
        if (!_logins.TryGetValue(name, out var tally))
        {
            _logins[name] = tally = new LoginTally();
        }

        return tally;
    }

    private sealed class LoginTally
    {
        public long Accepted { get; set; }

        public Work Work { get; set; }

        public Dictionary<string, long> Rejected { get; } = [];

        public DateTimeOffset? FirstAcceptedAt { get; set; }

        public DateTimeOffset? LastAcceptedAt { get; set; }

        public LoginCounters Snapshot(string login) => new(
            login, Accepted, new Dictionary<string, long>(Rejected), Work, FirstAcceptedAt, LastAcceptedAt);
    }
}
