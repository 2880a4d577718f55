using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.ShareLog;

/// <summary>
/// An accepted share as the log alone proves it: hashed again from the records of its jobs, whatever the meters said.
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
                case LogRecordKind.CountedShare when CountedShareRecord.Read(entry.Body) is
                {
                    Verdict: ShareVerdict.Accepted,
                } counted:
                    var share = ShareRecord.Read(counted.Proof.Span);
                    shares.Add(Prove(counted, share, jobs[share.Job], poolJobs[jobs[share.Job].PoolJob]));
                    break;
            }
        }

        return shares;
    }

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
