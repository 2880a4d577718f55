using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// One connection of a rig as its router sees it: which jobs it holds, for whom it works, how fast it is. It is
/// rerouted by giving it a job of another upstream; its extranonce changes only for a pool that leaves no room for it.
/// </summary>
internal sealed class WorkerConnection
{
    private readonly Lock _gate = new();
    private readonly WorkerJobs _jobs = new();
    private readonly Queue<DateTimeOffset> _switches = new();
    private readonly WorkerTally _tally;
    private readonly PaceKeeper _pace;
    private readonly WorkerTrail _trail;
    private readonly JobIssuer _issuer;
    private readonly ExtranonceRefit _refit;
    private readonly LineOutbox<DownstreamLineWriter> _outbox;

    public WorkerConnection(
        long key,
        WorkerHandshake handshake,
        ExtranonceRefit refit,
        LineOutbox<DownstreamLineWriter> outbox,
        ProofRecorder records,
        TimeProvider time)
    {
        (Key, Handshake, _refit, _outbox) = (key, handshake, refit, outbox);
        ConnectedAt = AssignedAt = time.GetUtcNow();
        (_tally, _pace) = (new WorkerTally(ConnectedAt), new PaceKeeper(ConnectedAt));
        _trail = new WorkerTrail(handshake, records);
        _issuer = new JobIssuer(_trail.Connection, handshake, outbox, records, time);
    }

    public long Key { get; }

    public WorkerHandshake Handshake { get; }

    /// <summary>Its number in the log.</summary>
    public long Connection => _trail.Connection;

    public DateTimeOffset ConnectedAt { get; }

    public DateTimeOffset? LastShareAt => _tally.LastShareAt;

    public DateTimeOffset AssignedAt { get; private set; }

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
    public Difficulty WantedDifficulty { get; set => field = Handshake.AtLeastMinimum(value); }

    public bool IsReady => Handshake.IsComplete;

    /// <summary>False where this connection could not hash a share the pool would take.</summary>
    public bool Fits(Upstream upstream) =>
        upstream.CurrentJob is { } job && _issuer.SeamTo(job).Fits && TakesVersionsOf(job);

    /// <summary>Gets it another extranonce where only that keeps it from an upstream.</summary>
    /// <returns>True when it fits now.</returns>
    public bool TryFit(Upstream upstream, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (upstream.CurrentJob is not { } job || _issuer.SeamTo(job).Fits || !TakesVersionsOf(job))
            {
                return false;
            }

            var seat = CurrentUpstream;
            Sit(null);
            var fits = _refit.TryFit(job.Extranonce.Extranonce2Bytes, now);
            Sit(seat);
            return fits;
        }
    }

    /// <summary>
    /// False where only its extranonce1 would tell it from another worker that has the same one.
    /// </summary>
    public bool HasSeatOn(Upstream upstream) => upstream.CurrentJob is { } job
        && (_issuer.SeamTo(job).PrefixBytes > 0 || upstream.Seats.IsFree(Handshake.Extranonce1));

    public AllocatableWorker ToAllocatable(DateTimeOffset now, Hashrate assumedRate)
    {
        lock (_gate)
        {
            while (_switches.TryPeek(out var oldest) && now - oldest > TimeSpan.FromHours(1))
            {
                _switches.Dequeue();
            }

            var rate = _tally.Rate(assumedRate, CurrentPoolJob is null ? null : AssignedAt, now);
            return new AllocatableWorker(Key, rate, Source?.ContractId, AssignedAt, _switches.Count);
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
            if (TryIssue(source, job, isClean: true, now) is not { } issued)
            {
                return false;
            }

            _trail.Arrive(source.ContractId, "allocated");
            _jobs.HonourUntil(now + ContractRoute.LateShareGrace, except: issued);
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
    public void Give(UpstreamJob job, bool isClean, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Source is { } source)
            {
                TryIssue(source, job, isClean, now);
            }
        }
    }

    /// <summary>No pool works: what it still sends counts for a short while, then it waits.</summary>
    public void Wait(DateTimeOffset now)
    {
        lock (_gate)
        {
            _jobs.HonourUntil(now + ContractRoute.LateShareGrace);
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
            var isSilent = now - _outbox.LastLineAt >= PaceKeeper.KeepAlive;
            if (CurrentPoolJob is not { IsStale: false } job)
            {
                _pace.Restart(now);
                if (isSilent && IsReady)
                {
                    _outbox.Append(Key, static (lines, id) => lines.Ping(id));
                }

                return;
            }

            var algorithm = job.Upstream.Algorithm;
            var isWrong = false;
            if (_pace.TryCorrect(
                now, _issuer.SentDifficulty, _issuer.SentWork, sharesPerMinute, algorithm) is { } right)
            {
                WantedDifficulty = right;
                isWrong = job.Allowed(WantedDifficulty) != _issuer.SentDifficulty;
                if (!isWrong)
                {
                    _pace.Settle(now);
                }
            }

            if ((isWrong || isSilent) && Source is { } source)
            {
                TryIssue(source, job, isClean: false, now);
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
    public bool IsOnTrial => _refit.IsOnTrial;

    public void Try(ShareVerdict verdict, AssignedJob job, in SubmitRequest submit)
    {
        lock (_gate)
        {
            _refit.Judge(verdict, job, submit);
        }
    }

    public AssignedJob? FindJob(ReadOnlySpan<byte> jobId)
    {
        lock (_gate)
        {
            return _jobs.Find(jobId);
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
            var isFirst = LastShareAt is null;
            _tally.Count(verdict, work, at);
            if (verdict == ShareVerdict.Accepted)
            {
                _pace.Count(work);
                if (isFirst)
                {
                    _refit.Worked();
                }
            }
        }
    }

    public WorkerSnapshot Snapshot(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _tally.Snapshot(_issuer.SentDifficulty, now);
        }
    }

    private void Sit(Upstream? upstream)
    {
        CurrentUpstream?.Seats.Leave(Handshake.Extranonce1);
        upstream?.Seats.Take(Handshake.Extranonce1);
        CurrentUpstream = upstream;
    }

    private bool TakesVersionsOf(UpstreamJob job) =>
        (Handshake.VersionMask & ~job.Upstream.VersionMask) == 0 && !job.Job.CollidesWith(Handshake.VersionMask);

    private AssignedJob? TryIssue(WorkSource source, UpstreamJob job, bool isClean, DateTimeOffset now)
    {
        if (_issuer.TryIssue(source, job, job.Allowed(WantedDifficulty), isClean) is not { } issued)
        {
            return null;
        }

        _jobs.Add(issued, now);
        CurrentPoolJob = job;
        return issued;
    }
}
