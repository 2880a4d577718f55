using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Makes a worker's own jobs of a pool's: a header space that is nobody else's, cut where the worker's extranonce fits,
/// in the log before it is sent, and a new difficulty directly before the job it holds for. Guarded by its worker's
/// lock.
/// </summary>
internal sealed class JobIssuer(
    long connection,
    WorkerHandshake handshake,
    LineOutbox<DownstreamLineWriter> outbox,
    ProofRecorder records,
    TimeProvider time)
{
    private JobTerms? _terms;

    /// <summary>Of the last job it sent.</summary>
    public Difficulty SentDifficulty => _terms?.Difficulty ?? default;

    /// <summary>What one share at that difficulty proves.</summary>
    public Work SentWork => _terms?.Work ?? Work.Zero;

    public CoinbaseSeam SeamTo(UpstreamJob job) =>
        new(job.Extranonce, handshake.Layout.Extranonce1Bytes, handshake.Layout.Extranonce2Bytes);

    /// <returns>Null when the pool's job has no header space left for this worker.</returns>
    public AssignedJob? TryIssue(WorkSource source, UpstreamJob job, Difficulty difficulty, bool isClean)
    {
        var seam = SeamTo(job);
        Span<byte> prefix = stackalloc byte[Math.Max(0, seam.PrefixBytes)];
        if (!seam.Fits
            || !job.Round.TryTakeSpace(prefix, handshake.Extranonce1.Bytes, job.Job.NTime, out var ntime))
        {
            return null;
        }

        var number = Record(source, job, new Extranonce(prefix), ntime, difficulty);
        var name = ProofRecorder.NameOfJob(number ?? records.TakeNumber());
        var isNewDifficulty = difficulty != SentDifficulty;
        var terms = _terms = TermsOf(difficulty, job.Upstream.Algorithm);
        var issued = new DownstreamJob(
            name, job.Job, seam, new Extranonce(prefix), terms.Target, ntime, terms.Algorithm);
        var assigned = new AssignedJob(number, issued, job, source, terms, handshake.Place, time.GetUtcNow());
        outbox.Append((issued, difficulty, isNewDifficulty, isClean), static (lines, notify) =>
        {
            if (notify.isNewDifficulty)
            {
                lines.SetDifficulty(notify.difficulty);
            }

            lines.Notify(notify.issued, notify.isClean);
        });
        return assigned;
    }

    private JobTerms TermsOf(Difficulty difficulty, Algorithm algorithm) =>
        _terms is { } sent && sent.Difficulty == difficulty && sent.Algorithm == algorithm
            ? sent
            : new JobTerms(difficulty, algorithm);

    private long? Record(
        WorkSource source, UpstreamJob job, in Extranonce prefix, uint ntime, Difficulty difficulty)
    {
        var stamp = ProofRecorder.StampOf(source.ContractId);
        if (difficulty != SentDifficulty)
        {
            records.Append(new DifficultyChangeRecord(stamp, StratumLeg.Downstream, connection, difficulty));
        }

        return job.Number is { } poolJob
            ? records.Append(new DownstreamJobRecord(
                stamp, poolJob, connection, prefix, handshake.Extranonce1, handshake.Layout.Extranonce2Bytes, ntime,
                difficulty, handshake.VersionMask))
            : null;
    }
}
