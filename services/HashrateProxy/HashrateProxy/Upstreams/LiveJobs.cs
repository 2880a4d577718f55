using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>The jobs of one upstream that its pool has not voided. For one caller at a time.</summary>
internal sealed class LiveJobs(Upstream upstream, BlockRounds rounds)
{
    /// <summary>A pool that never sends a clean job must not make us keep every job it ever sent.</summary>
    private const int MaxJobs = 64;

    private readonly Queue<UpstreamJob> _jobs = new();
    private UpstreamJob? _newest;

    /// <summary>A clean job, or one on another block, voids those before it.</summary>
    /// <param name="number">Of the job's record.</param>
    /// <param name="job">As it was sent.</param>
    /// <param name="extranonce">What was in force when it came.</param>
    /// <param name="difficulty">What the pool asked when it came.</param>
    public UpstreamJob Add(long? number, PoolJob job, ExtranonceAssignment extranonce, Difficulty difficulty)
    {
        var continues = _newest is { } newest
            && newest.Extranonce.Extranonce1 == extranonce.Extranonce1
            && newest.Job.PreviousHash.SequenceEqual(job.PreviousHash);
        if (!continues || job.IsClean)
        {
            RetireAll();
        }

        var round = rounds.Of(job, extranonce);
        var arrived = new UpstreamJob(number, upstream, job, extranonce, difficulty, round);
        _newest = arrived;
        _jobs.Enqueue(arrived);
        if (_jobs.Count > MaxJobs)
        {
            _jobs.Dequeue().Retire();
        }

        return arrived;
    }

    public void RetireAll()
    {
        while (_jobs.TryDequeue(out var job))
        {
            job.Retire();
        }
    }
}
