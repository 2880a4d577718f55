using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Hashes every share again, judges it again, and adds up what holds. Where pools attest instead, the answer that
/// accepts a share is what is added up, and the header's SHA-256d only tells it from others.
/// </summary>
internal sealed class ShareAudit(CertificateTerms terms, VerificationOptions options, Findings findings)
{
    /// <summary>How far a header's time may be from when it came: what the network allows a block.</summary>
    private static readonly TimeSpan MaxClockError = TimeSpan.FromHours(2);

    private readonly Target? _proofTarget = terms.ProofDifficulty?.ToTarget(terms.Algorithm);
    private readonly HashSet<ShareHash> _credited = [];
    private JobBook _jobs = new();
    private AwaitedShares _awaited = new();

    public VerdictSums Verdicts { get; } = new();

    public WorkSum Proved { get; } = new();

    public WorkerTally Workers { get; } = new();

    public PayeeTally Payees { get; } = new(options.Pays);

    public double ExpectedBlocks { get; private set; }

    public List<ShareHash> Blocks { get; } = [];

    /// <summary>Answers of the pools: accepted, refused, unanswered.</summary>
    public long[] PoolAnswers { get; } = new long[Enum.GetValues<PoolAnswerKind>().Length];

    private GatheredShares Gathered => field ??= new GatheredShares(Judged);

    /// <summary>Numbers are a node's own.</summary>
    public void BeginNode()
    {
        Settle();
        (_jobs, _awaited) = (new JobBook(), new AwaitedShares());
        Workers.BeginNode();
    }

    /// <summary>Judges the shares that were only taken in yet.</summary>
    public void Settle() => Gathered.Settle();

    public void Add(WorkerRecord worker)
    {
        Settle();
        Workers.Add(worker);
    }

    public void Add(in StrayShareRecord share) => Verdicts.Count(share.Verdict, Work.Zero);

    /// <summary>A share that its pool is to judge.</summary>
    public void Add(in AttestedShareRecord share)
    {
        if (_jobs.Find(share) is not { } job)
        {
            ReportNoJob(share.Stamp, share.Job);
            return;
        }

        Settle();
        CheckTime(share.Stamp, share.NTime, job);
        _awaited.Add(share, job);
    }

    /// <returns>What the answer credits; null when it credits nothing.</returns>
    public Work? Add(in PoolAnswerRecord answer)
    {
        Settle();
        PoolAnswers[(int)answer.Answer]++;
        if (_awaited.TakeFor(answer) is not { } share || answer.Answer != PoolAnswerKind.Accepted)
        {
            return null;
        }

        Verdicts.Count(ShareVerdict.Accepted, share.Job.Work);
        Credit(share);
        return share.Job.Work;
    }

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
            ReportNoJob(share.Stamp, share.Job);
            return Work.Zero;
        }

        Gathered.Add(share, job);
        return job.Work;
    }

    private void Judged(in ShareRecord share, KnownJob job, ShareVerdict verdict, in ShareHash hash)
    {
        CheckTime(share.Stamp, share.NTime, job);
        Verdicts.Count(share.Verdict, job.Work);
        if (share.Verdict == ShareVerdict.Accepted)
        {
            Credit(share, job, verdict, hash);
        }
        else if (!Explains(share.Verdict, verdict, hash))
        {
            findings.Add(
                FindingKind.WrongVerdict, $"{Name(share.Stamp)} was refused as {share.Verdict}; it was {verdict}.");
        }
    }

    private void Credit(in ShareRecord share, KnownJob job, ShareVerdict verdict, in ShareHash hash)
    {
        if (terms.Algorithm.IsPoolAttested)
        {
            Forged(share.Stamp, $"was credited without its pool, which alone can judge {terms.Algorithm}");
        }
        else if (verdict != ShareVerdict.Accepted)
        {
            Forged(share.Stamp, $"was credited; it was {verdict}: {hash}");
        }
        else if (_proofTarget is { } shown && !hash.Meets(shown))
        {
            Forged(share.Stamp, "is below the certificate's difficulty");
        }
        else if (IsNew(share.Stamp, hash))
        {
            var target = _proofTarget is { } proof && proof < job.Job.Target ? proof : job.Job.Target;
            Count(share.Stamp, job, target);
            Weigh(job, hash, target);
        }
    }

    /// <summary>A share that its pool accepted: it is worth what that pool asked, and not more.</summary>
    private void Credit(AwaitedShare share)
    {
        if (!terms.Algorithm.IsPoolAttested)
        {
            Forged(share.Stamp, $"was credited on its pool's word; {terms.Algorithm} is verified by its hash");
        }
        else if (share.Verdict != ShareVerdict.Accepted)
        {
            Forged(share.Stamp, $"was credited; it was {share.Verdict}");
        }
        else if (share.Job.Record.Difficulty != share.Job.PoolJob.Difficulty)
        {
            Forged(
                share.Stamp,
                $"counts at {share.Job.Record.Difficulty}; its pool asked for {share.Job.PoolJob.Difficulty}");
        }
        else if (IsNew(share.Stamp, share.Hash))
        {
            Count(share.Stamp, share.Job, share.Job.Job.Target);
        }
    }

    private bool IsNew(RecordStamp stamp, in ShareHash hash)
    {
        if (!_credited.Add(hash))
        {
            findings.Add(FindingKind.DoubledShare, $"{Name(stamp)} was credited before: {hash}.");
            return false;
        }

        if (options.SoldHashes?.Add(hash, terms.ContractId) is { } other)
        {
            findings.Add(FindingKind.SoldTwice, $"{Name(stamp)} was sold to contract {other} as well: {hash}.");
        }

        return true;
    }

    private void Count(RecordStamp stamp, KnownJob job, Target target)
    {
        var work = Work.Of(target, terms.Algorithm);
        Proved.Add(work);
        if (!Payees.Add(job.PoolJob, work))
        {
            findings.Add(FindingKind.PaysAnother, $"{Name(stamp)}: its coinbase pays nothing to {options.Pays}.");
        }
    }

    /// <summary>What only the proof itself can tell: luck, and honest hardware.</summary>
    private void Weigh(KnownJob job, in ShareHash hash, Target target)
    {
        Workers.Add(job, hash, target);
        var block = job.PoolJob.Job.BlockTarget;
        ExpectedBlocks += BlockLuck.ExpectedOf(target, block);
        if (hash.Meets(block))
        {
            Blocks.Add(hash);
        }
    }

    /// <summary>Stale and unauthorised depend on what happened before and cannot be judged again.</summary>
    private bool Explains(ShareVerdict recorded, ShareVerdict judged, in ShareHash hash) => recorded switch
    {
        ShareVerdict.Stale or ShareVerdict.Unauthorised => true,
        ShareVerdict.Duplicate =>
            judged == ShareVerdict.Accepted && (_credited.Contains(hash) || _awaited.Sent(hash)),
        _ => recorded == judged,
    };

    private void CheckTime(RecordStamp stamp, uint ntime, KnownJob job)
    {
        if (stamp.At < job.Record.Stamp.At || stamp.Number < job.Record.Stamp.Number)
        {
            findings.Add(FindingKind.Retimed, $"{Name(stamp)} came before its job.");
        }

        var headerAt = DateTimeOffset.FromUnixTimeSeconds(ntime);
        if ((headerAt - stamp.At).Duration() > MaxClockError)
        {
            findings.Add(FindingKind.OddTime, $"{Name(stamp)} hashed the time {headerAt:u}.");
        }
    }

    private void ReportNoJob(RecordStamp stamp, long job) =>
        findings.Add(FindingKind.InventedJob, $"{Name(stamp)} belongs to job {job}, which is not recorded.");

    private void Forged(RecordStamp stamp, string how) =>
        findings.Add(FindingKind.ForgedShare, $"{Name(stamp)} {how}.");

    private static string Name(RecordStamp stamp) => $"Share {stamp.Number} of {stamp.At:u}";
}
