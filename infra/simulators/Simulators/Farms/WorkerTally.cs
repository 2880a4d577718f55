namespace Marketplace.Simulators.Farms;

/// <summary>A connection's counters while they count.</summary>
internal sealed class WorkerTally(string name, string firmware, TimeProvider time)
{
    private const int MaxRejectReasons = 64;
    private const string OtherReasons = "(others)";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _rejected = [];
    private readonly Dictionary<string, CoinbaseCounters> _byCoinbase = [];
    private long _submitted;
    private long _accepted;
    private long _jobs;
    private long _cleanJobs;
    private long _connections;
    private long _failedHandshakes;
    private string _hashesFor = "";
    private DateTimeOffset? _hashesForSince;
    private Work _workPerShare;

    public void Connected() => Interlocked.Increment(ref _connections);

    public void HandshakeFailed() => Interlocked.Increment(ref _failedHandshakes);

    public void Submitted() => Interlocked.Increment(ref _submitted);

    public void Notified(MinerJob job, bool isClean)
    {
        lock (_gate)
        {
            _jobs++;
            _cleanJobs += isClean ? 1 : 0;
            _workPerShare = job.WorkPerShare;
            var coinbaseText = job.CoinbaseText;
            if (coinbaseText == _hashesFor)
            {
                return;
            }

            (_hashesFor, _hashesForSince) = (coinbaseText, time.GetUtcNow());
            var counters = _byCoinbase.GetValueOrDefault(coinbaseText)
                ?? new CoinbaseCounters(0, Work.Zero, Work.Zero, 0, 0, time.GetUtcNow(), null);
            _byCoinbase[coinbaseText] = counters with { Arrivals = counters.Arrivals + 1 };
        }
    }

    public void Stopped()
    {
        lock (_gate)
        {
            (_hashesFor, _hashesForSince) = ("", time.GetUtcNow());
        }
    }

    /// <param name="reason">Null when the share was accepted.</param>
    public void Answered(MinerJob job, string? reason)
    {
        lock (_gate)
        {
            var counters = _byCoinbase[job.CoinbaseText];
            if (reason is not null)
            {
                var known = _rejected.ContainsKey(reason) || _rejected.Count < MaxRejectReasons ? reason : OtherReasons;
                _rejected[known] = _rejected.GetValueOrDefault(known) + 1;
                _byCoinbase[job.CoinbaseText] = counters with { RejectedShares = counters.RejectedShares + 1 };
                return;
            }

            _accepted++;
            _byCoinbase[job.CoinbaseText] = counters with
            {
                AcceptedShares = counters.AcceptedShares + 1,
                AcceptedWork = counters.AcceptedWork + job.WorkPerShare,
                FirstAcceptedAt = counters.FirstAcceptedAt ?? time.GetUtcNow(),
            };
        }
    }

    public void LeftUnanswered(MinerJob job)
    {
        lock (_gate)
        {
            var counters = _byCoinbase[job.CoinbaseText];
            _byCoinbase[job.CoinbaseText] = counters with
            {
                UnansweredWork = counters.UnansweredWork + job.WorkPerShare,
            };
        }
    }

    public WorkerCounters Snapshot()
    {
        lock (_gate)
        {
            return new WorkerCounters(
                name,
                firmware,
                _submitted,
                _accepted,
                new Dictionary<string, long>(_rejected),
                _jobs,
                _cleanJobs,
                _connections,
                Math.Max(_connections - 1, 0),
                _failedHandshakes,
                _hashesFor,
                _hashesForSince,
                _workPerShare,
                new Dictionary<string, CoinbaseCounters>(_byCoinbase));
        }
    }
}
