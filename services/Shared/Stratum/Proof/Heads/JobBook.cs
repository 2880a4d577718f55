using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The jobs that shares refer to, and the shares that answers refer to which credit them. It is read in the order of
/// one node's log and forgets what is too old. Not for use by two threads at once.
/// </summary>
public sealed class JobBook
{
    /// <summary>A share of an older job is one of an unknown job.</summary>
    public static readonly TimeSpan MaxJobAge = TimeSpan.FromHours(6);

    internal static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, PoolJobRecord> _poolJobs = [];
    private readonly Dictionary<long, KnownJob> _jobs = [];
    private readonly Dictionary<long, (Work Work, DateTimeOffset At)> _awaited = [];
    private DateTimeOffset _forgetAt;

    /// <summary>Remembers a job, or a share that its pool is to judge; other records are passed over.</summary>
    /// <exception cref="RecordFormatException">
    /// The body is no record, or one that refers to a job which is not here, or one whose number is taken.
    /// </exception>
    public void Add(ReadOnlySpan<byte> body)
    {
        switch (RecordStamp.KindOf(body))
        {
            case RecordKind.PoolJob:
                var poolJob = PoolJobRecord.Read(body);
                Forget(poolJob.Stamp.At);
                Remember(_poolJobs, poolJob.Stamp.Number, poolJob);
                break;
            case RecordKind.DownstreamJob:
                var job = DownstreamJobRecord.Read(body);
                Remember(_jobs, job.Stamp.Number, new KnownJob(job, PoolJobOf(job)));
                break;
            case RecordKind.AttestedShare:
                var share = AttestedShareRecord.Read(body);
                var work = Find(share.Job, share.Stamp.At)?.Work ?? throw new RecordFormatException(
                    $"Share {share.Stamp.Number} belongs to job {share.Job}, which is not recorded.");
                Remember(_awaited, share.Stamp.Number, (work, share.Stamp.At));
                break;
            default:
                break;
        }
    }

    /// <summary>Null for a job that is not known, or too old.</summary>
    public KnownJob? Find(in ShareRecord share) => Find(share.Job, share.Stamp.At);

    /// <inheritdoc cref="Find(in ShareRecord)"/>
    public KnownJob? Find(in AttestedShareRecord share) => Find(share.Job, share.Stamp.At);

    /// <summary>What an answer credits: the work of a share that waited for it. A second one credits nothing.</summary>
    /// <returns>Null for a refusal, and for the answer to a share that was judged here.</returns>
    public Work? CreditedBy(in PoolAnswerRecord answer) =>
        _awaited.Remove(answer.Share, out var share) && answer.Answer == PoolAnswerKind.Accepted ? share.Work : null;

    private KnownJob? Find(long number, DateTimeOffset at) =>
        _jobs.TryGetValue(number, out var job) && at - job.Record.Stamp.At <= MaxJobAge ? job : null;

    private PoolJobRecord PoolJobOf(in DownstreamJobRecord job) => _poolJobs.TryGetValue(job.PoolJob, out var poolJob)
        ? poolJob
        : throw new RecordFormatException($"Job {job.Stamp.Number} is made from a pool's job that is not recorded.");

    private static void Remember<T>(Dictionary<long, T> jobs, long number, T job)
    {
        if (!jobs.TryAdd(number, job))
        {
            throw new RecordFormatException($"Two records carry the number {number}.");
        }
    }

    /// <summary>A pool's job is kept longer: a job may be made from it as long as it is in force.</summary>
    private void Forget(DateTimeOffset now)
    {
        if (now < _forgetAt)
        {
            return;
        }

        _forgetAt = now + ForgetEvery;
        foreach (var (number, job) in _jobs)
        {
            if (now - job.Record.Stamp.At > MaxJobAge)
            {
                _jobs.Remove(number);
            }
        }

        foreach (var (number, share) in _awaited)
        {
            if (now - share.At > MaxJobAge)
            {
                _awaited.Remove(number);
            }
        }

        foreach (var (number, poolJob) in _poolJobs)
        {
            if (now - poolJob.Stamp.At > 2 * MaxJobAge)
            {
                _poolJobs.Remove(number);
            }
        }
    }
}

/// <summary>A job of ours and the pool's job it is made from.</summary>
public sealed class KnownJob(DownstreamJobRecord record, PoolJobRecord poolJob)
{
    private DownstreamJob? _job;

    public DownstreamJobRecord Record { get; } = record;

    public PoolJobRecord PoolJob { get; } = poolJob;

    /// <summary>What each share of it is worth.</summary>
    public Work Work { get; } = Work.Of(record.Difficulty.ToTarget(poolJob.Algorithm), poolJob.Algorithm);

    /// <summary>As it was when it was sent; made when the first share asks for it.</summary>
    /// <exception cref="RecordFormatException">The two do not fit together.</exception>
    public DownstreamJob Job => _job ??= Record.ToJob(PoolJob);
}
