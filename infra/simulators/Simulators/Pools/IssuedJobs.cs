namespace Marketplace.Simulators.Pools;

/// <summary>The jobs one connection was sent, and which of them still count.</summary>
internal sealed class IssuedJobs(TimeProvider time, TimeSpan staleGrace)
{
    private const int MaxJobs = 256;

    private readonly Dictionary<string, (IssuedJob Job, long? ReplacedAt)> _jobs = [];
    private readonly Queue<string> _oldestFirst = [];

    public void Add(IssuedJob issued, bool isClean)
    {
        if (isClean)
        {
            ReplaceAll();
        }

        _jobs[issued.Job.Id] = (issued, null);
        _oldestFirst.Enqueue(issued.Job.Id);
        while (_oldestFirst.Count > MaxJobs)
        {
            _jobs.Remove(_oldestFirst.Dequeue());
        }
    }

    /// <summary>The job, unless it is unknown or was replaced by a clean one longer ago than the grace.</summary>
    public IssuedJob? Find(string jobId)
    {
        var (job, replacedAt) = _jobs.GetValueOrDefault(jobId);
        return replacedAt is { } at && time.GetElapsedTime(at) >= staleGrace ? null : job;
    }

    private void ReplaceAll()
    {
        var now = time.GetTimestamp();
        foreach (var (id, (job, replacedAt)) in _jobs)
        {
            _jobs[id] = (job, replacedAt ?? now);
        }
    }
}
