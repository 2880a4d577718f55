using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.Soak;

/// <summary>An accepted share, hashed again from the jobs that stand in the log before it.</summary>
internal sealed record ProvedShare(ContractId? ContractId, ShareHash Hash, Work Work);

internal static class SoakLog
{
    /// <summary>Reads a whole log, and stops at whatever in it cannot be proved again.</summary>
    public static List<ProvedShare> Prove(string nodeDirectory)
    {
        var jobs = new JobBook();
        var proved = new List<ProvedShare>();
        foreach (var entry in ShareLogReader.Read(nodeDirectory, DateTimeOffset.UnixEpoch, damaged: Damaged))
        {
            var proof = LogRecordKinds.ProofIn(entry).Span;
            if (!proof.IsEmpty)
            {
                jobs.Add(proof);
            }

            if (entry.Kind == LogRecordKind.CountedShare && RecordStamp.KindOf(proof) == RecordKind.Share
                && ShareRecord.Read(proof) is { Verdict: ShareVerdict.Accepted } share)
            {
                proved.Add(Prove(share, jobs, CountedShareRecord.Read(entry.Body).Work));
            }
        }

        return proved;
    }

    private static ProvedShare Prove(in ShareRecord share, JobBook jobs, Work counted)
    {
        var job = jobs.Find(share).ShouldNotBeNull();
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var verdict = job.Job.Judge(
            share.ToSubmit(), job.Record.WorkerExtranonce1, job.Record.VersionMask, header, out var hash);
        verdict.ShouldBe(ShareVerdict.Accepted);
        counted.ShouldBe(job.Work);
        share.Stamp.ContractId.ShouldBe(job.Record.Stamp.ContractId);
        return new ProvedShare(share.Stamp.ContractId, hash, job.Work);
    }

    private static void Damaged(LogDamage damage) => throw new InvalidDataException($"{damage}");
}
