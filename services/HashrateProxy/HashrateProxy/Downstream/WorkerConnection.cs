using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// One connection of a rig as its router sees it: which jobs it holds, for whom it works, how fast it is. It is
/// rerouted by giving it a job of another upstream; its extranonce changes only for a pool that leaves no room for it.
/// </summary>
internal sealed class WorkerConnection(
    long key,
    WorkerHandshake handshake,
    ExtranonceRefit refit,
    LineOutbox<DownstreamLineWriter> outbox,
    ProofRecorder records,
    TimeProvider time)
{
    /// <summary>Jobs remembered for late shares.</summary>
    private const int MaxJobs = 32;

    private readonly Lock _gate = new();
    private readonly LinkedList<AssignedJob> _jobs = new();
    private readonly Queue<DateTimeOffset> _switches = new();
    private readonly WorkWindow _window = new(time.GetUtcNow());
    private readonly PaceKeeper _pace = new(time.GetUtcNow());
    private readonly long[] _sharesByVerdict = new long[Enum.GetValues<ShareVerdict>().Length];
    private readonly WorkerTrail _trail = new(handshake, records);
    private Difficulty _sentDifficulty;
    private Work _sentWork;

    public long Key => key;

    public WorkerHandshake Handshake => handshake;

    /// <summary>Its number in the log.</summary>
    public long Connection => _trail.Connection;

    public DateTimeOffset ConnectedAt { get; } = time.GetUtcNow();

    public DateTimeOffset? LastShareAt { get; private set; }

    public DateTimeOffset AssignedAt { get; private set; } = time.GetUtcNow();

    /// <summary>Whom it works for; null while it waits for any pool.</summary>
    public WorkSource? Source { get; private set; }

    public Upstream? CurrentUpstream { get; private set; }

    public UpstreamJob? CurrentPoolJob { get; private set; }

    /// <summary>How often it was rerouted on this connection.</summary>
    public int Switches { get; private set; }

    /// <summary>When its pace had settled; null before.</summary>
    public DateTimeOffset? SettledAt
    {
        get
        {
            lock (_gate)
            {
                return _pace.SettledAt;
            }
        }
    }

    /// <summary>Never below the minimum the worker asked for.</summary>
    public Difficulty WantedDifficulty { get; set => field = handshake.AtLeastMinimum(value); }

    public bool IsReady => handshake.IsComplete;

    /// <summary>False where this connection could not hash a share the pool would take.</summary>
    public bool Fits(Upstream upstream) =>
        upstream.CurrentJob is { } job && SeamTo(job).Fits && TakesVersionsOf(job);

    /// <summary>Gets it another extranonce where only that keeps it from an upstream.</summary>
    /// <returns>True when it fits now.</returns>
    public bool TryFit(Upstream upstream, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (upstream.CurrentJob is not { } job || SeamTo(job).Fits || !TakesVersionsOf(job))
            {
                return false;
            }

            var seat = CurrentUpstream;
            Sit(null);
            var fits = refit.TryFit(job.Extranonce.Extranonce2Bytes, now);
            Sit(seat);
            return fits;
        }
    }

    /// <summary>
    /// False where only its extranonce1 would tell it from another worker that has the same one.
    /// </summary>
    public bool HasSeatOn(Upstream upstream) => upstream.CurrentJob is { } job
        && (SeamTo(job).PrefixBytes > 0 || upstream.Seats.IsFree(handshake.Extranonce1));

    public AllocatableWorker ToAllocatable(DateTimeOffset now, Hashrate assumedRate)
    {
        lock (_gate)
        {
            while (_switches.TryPeek(out var oldest) && now - oldest > TimeSpan.FromHours(1))
            {
                _switches.Dequeue();
            }

            return new AllocatableWorker(
                key, Rate(now, assumedRate), Source?.ContractId, AssignedAt, _switches.Count);
        }
    }

    public void Join(RigId rig)
    {
        lock (_gate)
        {
            _trail.Join(rig);
        }
    }

    public void Leave(DateTimeOffset now)
    {
        lock (_gate)
        {
            _trail.End();
            Wait(now);
        }
    }

    /// <summary>Puts it to work for a source: a job with a header space of its own, clean, and nothing else.</summary>
    /// <returns>False when the job has no header space left.</returns>
    public bool Route(WorkSource source, UpstreamJob job, DateTimeOffset now)
    {
        lock (_gate)
        {
            var earlier = _jobs.ToList();
            if (!TryIssue(source, job, isClean: true))
            {
                return false;
            }

            _trail.Arrive(source.ContractId, "allocated");
            earlier.ForEach(assigned => assigned.HonourUntil(now + ContractRoute.LateShareGrace));
            if (Source is not null && Source != source)
            {
                Switches++;
                _switches.Enqueue(now);
            }

            AssignedAt = Source == source ? AssignedAt : now;
            Source = source;
            Sit(job.Upstream);
            return true;
        }
    }

    /// <summary>The same source's next job.</summary>
    public void Give(UpstreamJob job, bool isClean)
    {
        lock (_gate)
        {
            if (Source is { } source)
            {
                TryIssue(source, job, isClean);
            }
        }
    }

    /// <summary>No pool works: what it still sends counts for a short while, then it waits.</summary>
    public void Wait(DateTimeOffset now)
    {
        lock (_gate)
        {
            foreach (var job in _jobs)
            {
                job.HonourUntil(now + ContractRoute.LateShareGrace);
            }

            _trail.Leave("no pool");
            (Source, CurrentPoolJob) = (null, null);
            Sit(null);
        }
    }

    /// <summary>Brings the difficulty near the wanted pace, and never leaves the line silent.</summary>
    public void KeepPace(DateTimeOffset now, int sharesPerMinute)
    {
        lock (_gate)
        {
            var isSilent = now - outbox.LastLineAt >= PaceKeeper.KeepAlive;
            if (CurrentPoolJob is not { IsStale: false } job)
            {
                _pace.Restart(now);
                if (isSilent && IsReady)
                {
                    outbox.Append(key, static (lines, id) => lines.Ping(id));
                }

                return;
            }

            var algorithm = job.Upstream.Algorithm;
            var isWrong = false;
            if (_pace.TryCorrect(now, _sentDifficulty, _sentWork, sharesPerMinute, algorithm) is { } right)
            {
                WantedDifficulty = right;
                isWrong = Allowed(job) != _sentDifficulty;
                if (!isWrong)
                {
                    _pace.Settle(now);
                }
            }

            if ((isWrong || isSilent) && Source is { } source)
            {
                TryIssue(source, job, isClean: false);
            }
        }
    }

    /// <summary>What the worker itself asks for; holds from its next job on.</summary>
    public void Suggest(Difficulty difficulty)
    {
        lock (_gate)
        {
            WantedDifficulty = difficulty;
        }
    }

    /// <summary>Whether it obeys a set_extranonce is not known yet: its shares will tell.</summary>
    public bool IsOnTrial => refit.IsOnTrial;

    public void Try(ShareVerdict verdict, AssignedJob job, in SubmitRequest submit)
    {
        lock (_gate)
        {
            refit.Judge(verdict, job, submit);
        }
    }

    public AssignedJob? FindJob(ReadOnlySpan<byte> jobId)
    {
        lock (_gate)
        {
            for (var node = _jobs.First; node is not null; node = node.Next)
            {
                if (node.Value.Job.IdUtf8.SequenceEqual(jobId))
                {
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Names that came late are in the log before a share under one of them is.</summary>
    public void SayNames()
    {
        lock (_gate)
        {
            _trail.SayNames();
        }
    }

    public void Count(ShareVerdict verdict, Work work, DateTimeOffset at)
    {
        lock (_gate)
        {
            _sharesByVerdict[(int)verdict]++;
            if (verdict == ShareVerdict.Accepted)
            {
                if (LastShareAt is null)
                {
                    refit.Worked();
                }

                LastShareAt = at;
                _window.Add(work, at);
                _pace.Count(work);
            }
        }
    }

    public WorkerSnapshot Snapshot(DateTimeOffset now)
    {
        lock (_gate)
        {
            var accepted = _sharesByVerdict[(int)ShareVerdict.Accepted];
            return new WorkerSnapshot(
                _window.ReadShown(now),
                _sentDifficulty,
                accepted,
                _sharesByVerdict.Sum() - accepted);
        }
    }

    /// <summary>One that has work and sends nothing does nothing, whatever it did before.</summary>
    private Hashrate Rate(DateTimeOffset now, Hashrate assumedRate)
    {
        var heardAt = LastShareAt > AssignedAt ? LastShareAt.Value : AssignedAt;
        if (CurrentPoolJob is not null && now - heardAt > PaceKeeper.SilenceLimit)
        {
            return Hashrate.Zero;
        }

        var reading = _window.Read(WorkWindow.Longest, now);
        return reading.Shares >= PaceKeeper.MinShares ? reading.Hashrate : assumedRate;
    }

    /// <summary>Above its pool's difficulty, shares that the pool pays for would be lost.</summary>
    private Difficulty Allowed(UpstreamJob job) =>
        WantedDifficulty < job.Difficulty ? WantedDifficulty : job.Difficulty;

    private void Sit(Upstream? upstream)
    {
        CurrentUpstream?.Seats.Leave(handshake.Extranonce1);
        upstream?.Seats.Take(handshake.Extranonce1);
        CurrentUpstream = upstream;
    }

    private bool TakesVersionsOf(UpstreamJob job) =>
        (handshake.VersionMask & ~job.Upstream.VersionMask) == 0 && !job.Job.CollidesWith(handshake.VersionMask);

    private CoinbaseSeam SeamTo(UpstreamJob job) =>
        new(job.Extranonce, handshake.Layout.Extranonce1Bytes, handshake.Layout.Extranonce2Bytes);

    private bool TryIssue(WorkSource source, UpstreamJob job, bool isClean)
    {
        var seam = SeamTo(job);
        Span<byte> prefix = stackalloc byte[seam.PrefixBytes];
        if (!job.Round.TryTakeSpace(prefix, handshake.Extranonce1.Bytes, job.Job.NTime, out var ntime))
        {
            return false;
        }

        var difficulty = Allowed(job);
        var target = difficulty.ToTarget(job.Upstream.Algorithm);
        var number = Record(source, job, new Extranonce(prefix), ntime, difficulty);
        var name = ProofRecorder.NameOfJob(number ?? records.TakeNumber());
        var issued = new DownstreamJob(name, job.Job, seam, new Extranonce(prefix), target, ntime);
        var assigned = new AssignedJob(number, issued, job, source, difficulty, handshake.Place, time.GetUtcNow());
        _jobs.AddFirst(assigned);
        if (_jobs.Count > MaxJobs)
        {
            _jobs.RemoveLast();
        }

        var isNewDifficulty = difficulty != _sentDifficulty;
        (CurrentPoolJob, _sentDifficulty, _sentWork) = (job, difficulty, assigned.Work);
        return outbox.Append((issued, difficulty, isNewDifficulty, isClean), static (lines, notify) =>
        {
            if (notify.isNewDifficulty)
            {
                lines.SetDifficulty(notify.difficulty);
            }

            lines.Notify(notify.issued, notify.isClean);
        });
    }

    private long? Record(
        WorkSource source, UpstreamJob job, in Extranonce prefix, uint ntime, Difficulty difficulty)
    {
        var stamp = ProofRecorder.StampOf(source.ContractId);
        if (difficulty != _sentDifficulty)
        {
            records.Append(new DifficultyChangeRecord(stamp, StratumLeg.Downstream, Connection, difficulty));
        }

        return job.Number is { } poolJob
            ? records.Append(new DownstreamJobRecord(
                stamp, poolJob, Connection, prefix, handshake.Extranonce1, handshake.Layout.Extranonce2Bytes, ntime,
                difficulty, handshake.VersionMask))
            : null;
    }
}

internal sealed record WorkerSnapshot(
    IReadOnlyList<WindowReading> Shown, Difficulty Difficulty, long AcceptedShares, long RejectedShares);
