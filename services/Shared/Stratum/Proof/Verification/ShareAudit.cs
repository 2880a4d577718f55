using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>Hashes every share again, judges it again, and adds up what holds.</summary>
internal sealed class ShareAudit(CertificateTerms terms, VerificationOptions options, Findings findings)
{
    /// <summary>How far a header's time may be from when it came: what the network allows a block.</summary>
    private static readonly TimeSpan MaxClockError = TimeSpan.FromHours(2);

    private readonly Target? _proofTarget = terms.ProofDifficulty?.ToTarget(terms.Algorithm);
    private readonly HashSet<ShareHash> _credited = [];
    private JobBook _jobs = new();

    public VerdictSums Verdicts { get; } = new();

    public WorkSum Proved { get; } = new();

    public WorkerTally Workers { get; } = new();

    public PayeeTally Payees { get; } = new(options.Pays);

    public double ExpectedBlocks { get; private set; }

    public List<ShareHash> Blocks { get; } = [];

    /// <summary>Answers of the pools: accepted, refused, unanswered.</summary>
    public long[] PoolAnswers { get; } = new long[Enum.GetValues<PoolAnswerKind>().Length];

    /// <summary>Numbers are a node's own.</summary>
    public void BeginNode()
    {
        _jobs = new JobBook();
        Workers.BeginNode();
    }

    public void Add(in StrayShareRecord share) => Verdicts.Count(share.Verdict, Work.Zero);

    public void Add(in PoolAnswerRecord answer) => PoolAnswers[(int)answer.Answer]++;

    public void AddJob(ReadOnlySpan<byte> body)
    {
        if (RecordStamp.KindOf(body) == RecordKind.PoolJob
            && PoolJobRecord.Read(body) is var job && job.Algorithm != terms.Algorithm)
        {
            findings.Add(
                FindingKind.InventedJob,
                $"The pool's job {job.Stamp.Number} is one of {job.Algorithm}; the terms say {terms.Algorithm}.");
            return;
        }

        try
        {
            _jobs.Add(body);
        }
        catch (RecordFormatException invented) when (RecordStamp.KindOf(body) == RecordKind.DownstreamJob)
        {
            findings.Add(FindingKind.InventedJob, invented.Message);
        }
    }

    /// <returns>What the share is worth to the sums of its head.</returns>
    public Work Add(in ShareRecord share)
    {
        if (_jobs.Find(share) is not { } job)
        {
            findings.Add(
                FindingKind.InventedJob, $"{Name(share)} belongs to job {share.Job}, which is not recorded.");
            return Work.Zero;
        }

        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];
        var verdict = job.Job.Judge(
            share.ToSubmit(), job.Record.WorkerExtranonce1, job.Record.VersionMask, header, out var hash);
        CheckTime(share, job);
        Verdicts.Count(share.Verdict, job.Work);
        if (share.Verdict == ShareVerdict.Accepted)
        {
            Credit(share, job, verdict, hash);
        }
        else if (!Explains(share.Verdict, verdict, hash))
        {
            findings.Add(
                FindingKind.WrongVerdict, $"{Name(share)} was refused as {share.Verdict}; it was {verdict}.");
        }

        return job.Work;
    }

    private void Credit(in ShareRecord share, KnownJob job, ShareVerdict verdict, in ShareHash hash)
    {
        if (verdict != ShareVerdict.Accepted)
        {
            findings.Add(FindingKind.ForgedShare, $"{Name(share)} was credited; it was {verdict}: {hash}.");
            return;
        }

        if (!_credited.Add(hash))
        {
            findings.Add(FindingKind.DoubledShare, $"{Name(share)} was credited before: {hash}.");
            return;
        }

        if (options.SoldHashes?.Add(hash, terms.ContractId) is { } other)
        {
            findings.Add(FindingKind.SoldTwice, $"{Name(share)} was sold to contract {other} as well: {hash}.");
        }

        Count(share, job, hash);
    }

    private void Count(in ShareRecord share, KnownJob job, in ShareHash hash)
    {
        var target = job.Job.Target;
        if (_proofTarget is { } proof)
        {
            if (!hash.Meets(proof))
            {
                findings.Add(FindingKind.ForgedShare, $"{Name(share)} is below the certificate's difficulty.");
                return;
            }

            target = proof < target ? proof : target;
        }

        Proved.Add(Work.Of(target, terms.Algorithm));
        Workers.Add(job, hash, target);
        var block = job.PoolJob.Job.BlockTarget;
        ExpectedBlocks += BlockLuck.ExpectedOf(target, block);
        if (hash.Meets(block))
        {
            Blocks.Add(hash);
        }

        if (!Payees.Add(job.PoolJob, Work.Of(target, terms.Algorithm)))
        {
            findings.Add(
                FindingKind.PaysAnother, $"{Name(share)}: its coinbase pays nothing to {options.Pays}.");
        }
    }

    /// <summary>Stale and unauthorised depend on what happened before and cannot be judged again.</summary>
    private bool Explains(ShareVerdict recorded, ShareVerdict judged, in ShareHash hash) => recorded switch
    {
        ShareVerdict.Stale or ShareVerdict.Unauthorised => true,
        ShareVerdict.Duplicate => judged == ShareVerdict.Accepted && _credited.Contains(hash),
        _ => recorded == judged,
    };

    private void CheckTime(in ShareRecord share, KnownJob job)
    {
        if (share.Stamp.At < job.Record.Stamp.At || share.Stamp.Number < job.Record.Stamp.Number)
        {
            findings.Add(FindingKind.Retimed, $"{Name(share)} came before its job.");
        }

        var headerAt = DateTimeOffset.FromUnixTimeSeconds(share.NTime);
        if ((headerAt - share.Stamp.At).Duration() > MaxClockError)
        {
            findings.Add(FindingKind.OddTime, $"{Name(share)} hashed the time {headerAt:u}.");
        }
    }

    private static string Name(in ShareRecord share) => $"Share {share.Stamp.Number} of {share.Stamp.At:u}";
}
