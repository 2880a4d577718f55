using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Judges one submit: rebuilds, hashes, checks, logs, counts, answers, forwards. A share counts for the contract of its
/// job, at the difficulty of its job, once, and only when it is in the log. Allocates nothing but for what goes up. A
/// good share that only its pool can judge goes up unanswered and uncounted: see <see cref="AttestedShare"/>.
/// </summary>
internal sealed class SubmitDesk(ShareLogWriter log)
{
    public void Handle(
        in StratumMessage message,
        WorkerConnection worker,
        RigRouter rig,
        LineOutbox<DownstreamLineWriter> outbox,
        DateTimeOffset now)
    {
        var verdict = Judge(message, worker, now, out var found, out var forwarded);
        if (verdict == ShareVerdict.Accepted && found.Job!.UpstreamJob.IsPoolAttested)
        {
            AskPool(message, worker, rig, found, forwarded!, outbox, now);
            return;
        }

        var share = ToLog(message, worker, found, verdict);
        if (TryLog(share, found, worker) is not { } stamp)
        {
            if (verdict == ShareVerdict.Accepted)
            {
                found.Job!.UpstreamJob.Round.Forget(found.Hash);
            }

            Answer(message, outbox, verdict == ShareVerdict.Accepted ? StratumError.NotRecorded : null, verdict, now);
            return;
        }

        rig.Meter.Count(verdict, share.Work, stamp.At, worker.SettledAt);
        worker.Count(verdict, share.Work, stamp.At);
        if (verdict == ShareVerdict.Accepted)
        {
            found.Job!.UpstreamJob.Upstream.Credit(share.Work, found.Job.Source.Meter, now);
        }

        Answer(message, outbox, null, verdict, now);
        if (forwarded is { } upstreamShare)
        {
            upstreamShare.Number = stamp.Number;
            if (verdict == ShareVerdict.Accepted && !found.SolvesBlock)
            {
                upstreamShare.Job.Upstream.Submit(upstreamShare);
            }
        }
    }

    /// <summary>
    /// The verdict by wire order. A share that solves a block has gone up before this returns, whatever the verdict.
    /// </summary>
    /// <param name="message">The submit.</param>
    /// <param name="worker">Who sent it.</param>
    /// <param name="now">When.</param>
    /// <param name="found">What it names.</param>
    /// <param name="forwarded">The share in the pool's terms, where it meets the pool's difficulty.</param>
    private static ShareVerdict Judge(
        in StratumMessage message,
        WorkerConnection worker,
        DateTimeOffset now,
        out Found found,
        out UpstreamShare? forwarded)
    {
        found = default;
        forwarded = null;
        if (!SubmitRequest.TryParse(message, out found.Submit, out _))
        {
            return ShareVerdict.Malformed;
        }

        if (worker.Handshake.NumberOf(found.Submit.Worker) is not { } nameNumber)
        {
            return ShareVerdict.Unauthorised;
        }

        found.NameNumber = nameNumber;
        if (worker.FindJob(found.Submit.JobId) is not { } job || now - job.SentAt > JobBook.MaxJobAge)
        {
            return ShareVerdict.Stale;
        }

        found.Job = job;
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var verdict = job.Job.Judge(
            found.Submit, job.Place.Extranonce1, worker.Handshake.VersionMask, header, out found.Hash);
        if (worker.IsOnTrial)
        {
            worker.Try(verdict, job, found.Submit);
        }

        if (verdict == ShareVerdict.Malformed)
        {
            return verdict;
        }

        if (verdict == ShareVerdict.Accepted)
        {
            verdict = job.IsHonoured(now) ? VerdictOf(job.UpstreamJob.Round.Remember(found.Hash)) : ShareVerdict.Stale;
        }

        found.SolvesBlock = found.Hash.Meets(job.UpstreamJob.BlockTarget);
        if (found.SolvesBlock || found.Hash.Meets(job.UpstreamJob.Target))
        {
            var share = ToUpstream(job, found, worker, verdict, now);
            forwarded = share;
            if (found.SolvesBlock)
            {
                job.UpstreamJob.Upstream.Submit(share);
            }
        }

        return verdict;
    }

    private void AskPool(
        in StratumMessage message,
        WorkerConnection worker,
        RigRouter rig,
        in Found found,
        UpstreamShare share,
        LineOutbox<DownstreamLineWriter> outbox,
        DateTimeOffset now)
    {
        var job = found.Job!;
        var awaited = new AttestedShare(message.Id.ToArray(), job, found.NameNumber, worker, rig, outbox, log);
        if (awaited.TryLog(found.Submit))
        {
            job.UpstreamJob.Upstream.Submit(share with { Awaited = awaited, IsUrgent = true });
        }
        else
        {
            job.UpstreamJob.Round.Forget(found.Hash);
            Answer(message, outbox, StratumError.NotRecorded, ShareVerdict.Accepted, now);
        }
    }

    private static JudgedShare ToLog(
        in StratumMessage message, WorkerConnection worker, in Found found, ShareVerdict verdict) => new()
    {
        ContractId = (found.Job?.Source ?? worker.Source)?.ContractId,
        Verdict = verdict,
        Work = found.Job?.Work ?? Work.Zero,
        WorkerName = worker.Handshake.NameCount > 0 ? worker.Handshake.NameAt(found.NameNumber) : "",
        NameNumber = (byte)found.NameNumber,
        Connection = worker.Connection,
        Job = found.Job?.Number,
        Submit = found.Submit,
        Sent = message.Parameters,
    };

    /// <summary>Null when the log has no room: for the share, or before it for its job.</summary>
    private RecordStamp? TryLog(in JudgedShare share, in Found found, WorkerConnection worker)
    {
        if (found.Job is { Number: null })
        {
            return null;
        }

        worker.SayNames();
        return (found.Job?.Source ?? worker.Source) is { } source
            ? source.Meter.Record(share, log)
            : log.Write(null, default, share, CountedShareRecord.Write);
    }

    private static void Answer(
        in StratumMessage message,
        LineOutbox<DownstreamLineWriter> outbox,
        StratumError? instead,
        ShareVerdict verdict,
        DateTimeOffset now)
    {
        if (instead is null && verdict == ShareVerdict.Accepted)
        {
            outbox.Append(message.Id, static (lines, id) => lines.True(id), now);
            return;
        }

        var answer = new Refusal(message.Id, instead ?? StratumError.For(verdict));
        outbox.Append(answer, static (lines, answer) => lines.Error(answer.Id, answer.Error), now);
    }

    private static UpstreamShare ToUpstream(
        AssignedJob job, in Found found, WorkerConnection worker, ShareVerdict verdict, DateTimeOffset now)
    {
        var submit = found.Submit;
        var poolMask = job.UpstreamJob.Upstream.VersionMask;
        var version = job.Job.VersionOf(submit.VersionBits, worker.Handshake.VersionMask);
        return new UpstreamShare(
            job.UpstreamJob,
            job.Job.ToPoolExtranonce2(job.Place.Extranonce1, submit.Extranonce2),
            submit.NTime,
            submit.Nonce,
            poolMask == 0 ? null : version & poolMask,
            job.Source.Meter,
            IsCredited: verdict == ShareVerdict.Accepted,
            IsUrgent: found.SolvesBlock,
            now);
    }

    private static ShareVerdict VerdictOf(DuplicateCheck check) => check switch
    {
        DuplicateCheck.New => ShareVerdict.Accepted,
        DuplicateCheck.Duplicate => ShareVerdict.Duplicate,
        _ => ShareVerdict.Stale,
    };

    /// <summary>What a submit names, as far as it could be read.</summary>
    private ref struct Found
    {
        public SubmitRequest Submit;
        public int NameNumber;
        public AssignedJob? Job;
        public ShareHash Hash;
        public bool SolvesBlock;
    }
}
