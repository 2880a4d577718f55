using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>What a certificate says after everything in it was computed again.</summary>
public sealed class CertificateReport
{
    internal CertificateReport(Findings findings) => Findings = findings;

    /// <summary>Null when not even the terms could be read.</summary>
    public CertificateTerms? Terms { get; internal set; }

    public Findings Findings { get; }

    /// <summary>Nothing in it is wrong. Doubts may be left: a key that is not known, heads that nobody kept.</summary>
    public bool Holds => Terms is not null && !Findings.HaveFailure;

    public long Heads { get; internal set; }

    /// <summary>Of these so many equal one that was kept outside.</summary>
    public long HeadsMatched { get; internal set; }

    /// <summary>Each node's part, in the order of the file.</summary>
    public IReadOnlyList<NodeReport> Nodes { get; internal set; } = [];

    /// <summary>Shares and work by verdict; in compact mode as the heads state them.</summary>
    public VerdictSums Verdicts { get; internal set; } = new();

    /// <summary>
    /// Work proved by shares that were hashed again here, or attested by pools where the algorithm is one that pools
    /// attest; in compact mode the estimate by the shares that are shown.
    /// </summary>
    public WorkEstimate Proved { get; internal set; }

    /// <summary>Accepted work as the heads state it: equal to what was proved in complete mode.</summary>
    public Work Stated { get; internal set; }

    /// <summary>From the contract's start to its end, or to the last minute that is told of.</summary>
    public TimeSpan Window { get; internal set; }

    /// <summary>Answers of the pools to shares that went up: accepted, refused, unanswered.</summary>
    public IReadOnlyList<long> PoolAnswers { get; internal set; } = [0, 0, 0];

    public PayeeTally Payees { get; internal set; } = new(null);

    public BlockLuck Blocks { get; internal set; }

    /// <summary>Hashes of the blocks that were found, as explorers show them.</summary>
    public IReadOnlyList<ShareHash> BlockHashes { get; internal set; } = [];

    /// <summary>How likely honest hardware looks as odd as this.</summary>
    public double TailPValue { get; internal set; } = 1;
}

/// <summary>What one node's part of a certificate says.</summary>
/// <param name="NodeName">As its heads say it.</param>
/// <param name="Heads">Its minutes.</param>
/// <param name="HeadsMatched">Of these so many equal one that was kept outside.</param>
/// <param name="FirstMinuteAt">The first of them,</param>
/// <param name="LastMinuteAt">and the last.</param>
/// <param name="IsClosed">No further minute comes from it.</param>
/// <param name="Proved">As the report's, of this node's shares alone.</param>
public sealed record NodeReport(
    string NodeName,
    long Heads,
    long HeadsMatched,
    DateTimeOffset FirstMinuteAt,
    DateTimeOffset LastMinuteAt,
    bool IsClosed,
    Work Proved);
