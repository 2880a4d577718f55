using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The jobs that shares refer to. It is read in the order of one node's log and forgets jobs that are too old for any
/// share. Not for use by two threads at once.
/// </summary>
public sealed class JobBook
{
    /// <summary>A share of an older job is one of an unknown job.</summary>
    public static readonly TimeSpan MaxJobAge = TimeSpan.FromHours(6);

    internal static readonly TimeSpan ForgetEvery = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, PoolJobRecord> _poolJobs = [];
    private readonly Dictionary<long, KnownJob> _jobs = [];
    private DateTimeOffset _forgetAt;

    /// <summary>Remembers a job; records of other kinds are passed over.</summary>
    /// <exception cref="RecordFormatException">
    /// The body is no record, or a job of a pool's job that is not here, or one whose number is taken.
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
            default:
                break;
        }
    }

    /// <summary>Null for a job that is not known, or too old.</summary>
    public KnownJob? Find(in ShareRecord share) =>
        _jobs.TryGetValue(share.Job, out var job) && share.Stamp.At - job.Record.Stamp.At <= MaxJobAge ? job : null;

    private PoolJobRecord PoolJobOf(in DownstreamJobRecord job) => _poolJobs.TryGetValue(job.PoolJob, out var poolJob)
        ? poolJob
        : throw new RecordFormatException($"Job {job.Stamp.Number} is made from a pool's job that is not recorded.");

    private static void Remember<T>(Dictionary<long, T> jobs, long number, T job)
    {
        if (!jobs.TryAdd(number, job))
        {
            throw new RecordFormatException($"Two jobs carry the number {number}.");
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
