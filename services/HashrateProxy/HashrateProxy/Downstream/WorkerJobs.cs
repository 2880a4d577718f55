namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// The jobs one worker may still send shares of, newest first. Few are enough: a machine hashes the newest, and sends
/// what it found in the ones before within seconds. Guarded by its worker's lock.
/// </summary>
internal sealed class WorkerJobs
{
    public const int MaxJobs = 12;

    /// <summary>Jobs that are over: their shares count as stale where they belong, and a block still goes up.</summary>
    public const int MaxPastJobs = 2;

    private readonly List<AssignedJob> _jobs = [];

    public void Add(AssignedJob job, DateTimeOffset now)
    {
        var past = 0;
        _jobs.Insert(0, job);
        for (var at = 1; at < _jobs.Count; at++)
        {
            past += _jobs[at].IsHonoured(now) ? 0 : 1;
            if (past > MaxPastJobs || at == MaxJobs)
            {
                _jobs.RemoveRange(at, _jobs.Count - at);
            }
        }
    }

    public AssignedJob? Find(ReadOnlySpan<byte> id)
    {
        foreach (var job in _jobs)
        {
            if (job.Job.IdUtf8.SequenceEqual(id))
            {
                return job;
            }
        }

        return null;
    }

    /// <summary>The worker leaves them: late shares count until then.</summary>
    /// <param name="until">The end of the grace.</param>
    /// <param name="except">The one it has just been given; null for none.</param>
    public void HonourUntil(DateTimeOffset until, AssignedJob? except = null)
    {
        foreach (var job in _jobs)
        {
            if (job != except)
            {
                job.HonourUntil(until);
            }
        }
    }
}
