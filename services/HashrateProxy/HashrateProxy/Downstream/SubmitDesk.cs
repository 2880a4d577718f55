using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Judges one submit: rebuilds, hashes, checks, logs, counts, answers, forwards. A share counts for the contract of its
/// job, at the difficulty of its job, once. Allocates nothing.
/// </summary>
internal sealed class SubmitDesk(ShareLogWriter log, TimeProvider time)
{
    public void Handle(
        in StratumMessage message, WorkerConnection worker, RigRouter rig, LineOutbox<DownstreamLineWriter> outbox)
    {
        var now = time.GetUtcNow();
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var verdict = Judge(message, worker, header, out var name, out var job, out var share, now);
        var source = job?.Source ?? worker.Source;
        var work = job?.Work ?? Work.Zero;
        var judged = new JudgedShare(
            now, source?.ContractId, rig.RigId, verdict, work, name, job is null ? default : header);
        if (source is not null)
        {
            source.Meter.Record(judged, log);
        }
        else
        {
            log.AppendShare(judged);
        }

        rig.Meter.Count(verdict, work, now);
        worker.Count(verdict, work, now);
        if (verdict == ShareVerdict.Accepted && job is not null)
        {
            job.UpstreamJob.Upstream.Credit(work, job.Source.Meter, now);
            outbox.Append(message.Id, static (lines, id) => lines.True(id));
        }
        else
        {
            var answer = new Refusal(message.Id, StratumError.For(verdict));
            outbox.Append(answer, static (lines, answer) => lines.Error(answer.Id, answer.Error));
        }

        if (verdict == ShareVerdict.Accepted && share is { } upstreamShare)
        {
            upstreamShare.Job.Upstream.Submit(upstreamShare);
        }
    }

    /// <summary>
    /// The verdict by wire order. A share that solves a block has gone up before this returns, whatever the verdict;
    /// <paramref name="share"/> is one that is still to be forwarded.
    /// </summary>
    private static ShareVerdict Judge(
        in StratumMessage message,
        WorkerConnection worker,
        Span<byte> header,
        out string name,
        out AssignedJob? job,
        out UpstreamShare? share,
        DateTimeOffset now)
    {
        (name, job, share) = (worker.Handshake.FirstName, null, null);
        if (!SubmitRequest.TryParse(message, out var submit, out _))
        {
            return ShareVerdict.Malformed;
        }

        if (worker.Handshake.NameOf(submit.Worker) is not { } known)
        {
            return ShareVerdict.Unauthorised;
        }

        name = known;
        job = worker.FindJob(submit.JobId);
        if (job is null)
        {
            return ShareVerdict.Stale;
        }

        var verdict = job.Job.Judge(
            submit, worker.Handshake.Extranonce1, worker.Handshake.VersionMask, header, out var hash);
        if (verdict == ShareVerdict.Malformed)
        {
            return verdict;
        }

        if (verdict == ShareVerdict.Accepted)
        {
            verdict = job.IsHonoured(now) ? VerdictOf(job.UpstreamJob.Round.Remember(hash)) : ShareVerdict.Stale;
        }

        var forUpstream = ToUpstream(job, submit, worker, verdict);
        var solvesBlock = hash.Meets(job.UpstreamJob.Job.BlockTarget);
        if (solvesBlock)
        {
            job.UpstreamJob.Upstream.Submit(forUpstream);
        }

        share = !solvesBlock && hash.Meets(job.UpstreamJob.Target) ? forUpstream : null;
        return verdict;
    }

    private static UpstreamShare ToUpstream(
        AssignedJob job, in SubmitRequest submit, WorkerConnection worker, ShareVerdict verdict)
    {
        var poolMask = job.UpstreamJob.Upstream.VersionMask;
        var version = job.Job.VersionOf(submit.VersionBits, worker.Handshake.VersionMask);
        return new UpstreamShare(
            job.UpstreamJob,
            job.Job.ToPoolExtranonce2(worker.Handshake.Extranonce1, submit.Extranonce2),
            submit.NTime,
            submit.Nonce,
            poolMask == 0 ? null : version & poolMask,
            job.Source.Meter,
            IsCredited: verdict == ShareVerdict.Accepted);
    }

    private static ShareVerdict VerdictOf(DuplicateCheck check) => check switch
    {
        DuplicateCheck.New => ShareVerdict.Accepted,
        DuplicateCheck.Duplicate => ShareVerdict.Duplicate,
        _ => ShareVerdict.Stale,
    };
}
