using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Looks at every job of a pool before a worker sees it. Pure; for one caller at a time.</summary>
internal sealed class JobWatch
{
    /// <summary>
    /// Jobs in a row on a block that the pool itself had left: one may be a race between two of its servers.
    /// </summary>
    public const int MaxJobsOnLeftBlock = 3;

    /// <summary>Blocks remembered: most of a day.</summary>
    private const int MaxLeftBlocks = 128;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<Extranonce> _leftBlocks = new();
    private readonly Queue<DateTimeOffset> _needlessCleanJobs = new();
    private Extranonce? _block;
    private int _jobsOnLeftBlock;

    /// <returns>
    /// Whether workers may have it, and a complaint when the pool is to be left for it: they need not go together.
    /// </returns>
    public (bool IsTaken, PoolComplaint? Complaint) See(PoolJob job, DateTimeOffset now)
    {
        if (job.Coinbase1.Length + job.Coinbase2.Length > FirmwareLimits.MaxCoinbaseBytes)
        {
            return (false, new PoolComplaint(
                Fault.Renter,
                $"its coinbase is over {FirmwareLimits.MaxCoinbaseBytes} bytes, which no firmware takes"));
        }

        var block = new Extranonce(job.PreviousHash);
        if (_leftBlocks.Contains(block))
        {
            return (false, ++_jobsOnLeftBlock < MaxJobsOnLeftBlock
                ? null
                : new PoolComplaint(Fault.Pool, "it sends jobs on a block that it had left"));
        }

        _jobsOnLeftBlock = 0;
        var isSameBlock = block == _block;
        MoveTo(block);
        return (true, isSameBlock && job.IsClean && IsFlood(now)
            ? new PoolComplaint(
                Fault.Renter,
                $"it sends over {PoolPace.MaxNeedlessCleanJobsPerMinute} clean jobs a minute without a new block")
            : null);
    }

    private void MoveTo(in Extranonce block)
    {
        if (_block is { } left && left != block)
        {
            _leftBlocks.Enqueue(left);
            if (_leftBlocks.Count > MaxLeftBlocks)
            {
                _leftBlocks.Dequeue();
            }
        }

        _block = block;
    }

    private bool IsFlood(DateTimeOffset now)
    {
        _needlessCleanJobs.Enqueue(now);
        while (now - _needlessCleanJobs.Peek() >= Minute)
        {
            _needlessCleanJobs.Dequeue();
        }

        return _needlessCleanJobs.Count > PoolPace.MaxNeedlessCleanJobsPerMinute;
    }
}
