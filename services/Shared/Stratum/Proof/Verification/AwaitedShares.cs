namespace Marketplace.Stratum.Proof;

/// <summary>
/// The shares of one node that only their pools could judge, until each has its answer. Rebuilt and judged by all but a
/// hash.
/// </summary>
internal sealed class AwaitedShares
{
    private readonly Dictionary<long, AwaitedShare> _waiting = [];
    private readonly HashSet<ShareHash> _sent = [];

    public void Add(in AttestedShareRecord record, KnownJob job)
    {
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var verdict = job.Job.Judge(
            record.ToSubmit(), job.Record.WorkerExtranonce1, job.Record.VersionMask, header, out var hash);
        _waiting[record.Stamp.Number] = new AwaitedShare(record.Stamp, job, verdict, hash);
        _sent.Add(hash);
    }

    /// <summary>The share that an answer is the first to; null when none waits for it.</summary>
    public AwaitedShare? TakeFor(in PoolAnswerRecord answer) =>
        _waiting.Remove(answer.Share, out var share) ? share : null;

    /// <summary>Whether this header went up, whatever became of it.</summary>
    public bool Sent(in ShareHash hash) => _sent.Contains(hash);
}

/// <param name="Verdict">Ours, by all but its hash.</param>
/// <param name="Hash">Tells its header from others; it proves nothing.</param>
internal sealed record AwaitedShare(RecordStamp Stamp, KnownJob Job, ShareVerdict Verdict, ShareHash Hash);
