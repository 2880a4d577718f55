namespace Marketplace.Stratum.Proof;

/// <summary>Told of a share that was hashed and judged again.</summary>
internal delegate void JudgedAgain(in ShareRecord share, KnownJob job, ShareVerdict verdict, in ShareHash hash);

/// <summary>Shares that wait to be hashed side by side; they are told in the order in which they came.</summary>
internal sealed class GatheredShares(JudgedAgain told)
{
    private readonly ShareBatch _batch = new();
    private readonly Queue<(ShareRecord Share, KnownJob Job)> _waiting = new(ShareBatch.Capacity);

    public void Add(in ShareRecord share, KnownJob job)
    {
        _batch.TryAdd(job.Job, share.ToSubmit(), job.Record.WorkerExtranonce1, job.Record.VersionMask);
        _waiting.Enqueue((share, job));
        if (_waiting.Count == ShareBatch.Capacity)
        {
            Settle();
        }
    }

    /// <summary>Judges all that wait. What fails to be told is not told again.</summary>
    public void Settle()
    {
        _batch.Hash();
        try
        {
            while (_waiting.TryDequeue(out var next))
            {
                var verdict = next.Job.Job.Judge(
                    next.Share.ToSubmit(), next.Job.Record.WorkerExtranonce1, next.Job.Record.VersionMask, _batch,
                    out var hash);
                told(next.Share, next.Job, verdict, hash);
            }
        }
        finally
        {
            _batch.Clear();
        }
    }
}
