using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>
/// An accepted share as the log alone proves it: hashed again from the records of its jobs, or attested by its pool's
/// answer, whatever the meters said.
/// </summary>
/// <param name="Header">The 80 bytes that were hashed, as hexadecimal digits.</param>
/// <param name="Work">What meeting its job's target proves.</param>
internal sealed record ProvedShare(ContractId? ContractId, string WorkerName, string Header, Work Work)
{
    /// <summary>The work of one contract.</summary>
    public static UInt128 WorkIn(string nodeDirectory, ContractId contract) => AcceptedIn(nodeDirectory)
        .Where(share => share.ContractId == contract)
        .Aggregate(UInt128.Zero, (sum, share) => sum + share.Work.Hashes);

    /// <exception cref="ShouldAssertException">A share does not prove what it was counted for.</exception>
    public static List<ProvedShare> AcceptedIn(string nodeDirectory)
    {
        var poolJobs = new Dictionary<long, PoolJobRecord>();
        var jobs = new Dictionary<long, DownstreamJobRecord>();
        var sent = new Dictionary<long, AttestedShareRecord>();
        var shares = new List<ProvedShare>();
        foreach (var entry in ShareLogReader.Read(nodeDirectory, DateTimeOffset.UnixEpoch))
        {
            switch (entry.Kind)
            {
                case (LogRecordKind)RecordKind.PoolJob:
                    var poolJob = PoolJobRecord.Read(entry.Body);
                    poolJobs.Add(poolJob.Stamp.Number, poolJob);
                    break;
                case (LogRecordKind)RecordKind.DownstreamJob:
                    var job = DownstreamJobRecord.Read(entry.Body);
                    jobs.Add(job.Stamp.Number, job);
                    break;
                case (LogRecordKind)RecordKind.AttestedShare:
                    var attested = AttestedShareRecord.Read(entry.Body);
                    sent.Add(attested.Stamp.Number, attested);
                    break;
                case LogRecordKind.CountedShare when CountedShareRecord.Read(entry.Body) is
                {
                    Verdict: ShareVerdict.Accepted,
                } counted:
                    var share = counted.Answer is { } answer
                        ? Judged(sent[answer.Share])
                        : ShareRecord.Read(counted.Proof.Span);
                    shares.Add(Prove(counted, share, jobs[share.Job], poolJobs[jobs[share.Job].PoolJob]));
                    break;
            }
        }

        return shares;
    }

    /// <summary>A share that its pool accepted, as if we had.</summary>
    private static ShareRecord Judged(in AttestedShareRecord share) => new(
        share.Stamp, share.Job, share.NameNumber, ShareVerdict.Accepted, share.Extranonce2, share.NTime, share.Nonce,
        share.VersionBits);

    private static ProvedShare Prove(
        CountedShareRecord counted, in ShareRecord share, in DownstreamJobRecord job, in PoolJobRecord poolJob)
    {
        var header = new byte[BlockHeader.SizeBytes];
        var verdict = job.ToJob(poolJob).Judge(
            share.ToSubmit(), job.WorkerExtranonce1, job.VersionMask, header, out _);
        verdict.ShouldBe(ShareVerdict.Accepted, "the log does not prove a share it says it accepted");
        (share.Stamp.ContractId, poolJob.Stamp.ContractId).ShouldBe((job.Stamp.ContractId, job.Stamp.ContractId));
        var work = Work.Of(job.Difficulty.ToTarget(poolJob.Algorithm), poolJob.Algorithm);
        counted.Work.ShouldBe(work);
        return new ProvedShare(share.Stamp.ContractId, counted.WorkerName, Convert.ToHexString(header), work);
    }
}
