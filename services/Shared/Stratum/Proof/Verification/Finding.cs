namespace Marketplace.Stratum.Proof;

/// <summary>
/// What can be wrong with a certificate. All but those that <see cref="Finding"/> calls doubts disprove it.
/// </summary>
public enum FindingKind
{
    /// <summary>The file or a record in it is not as the format has it, or was cut off.</summary>
    Unreadable,

    /// <summary>A head is not signed by a key that is trusted for it.</summary>
    BadSignature,

    /// <summary>
    /// A head does not follow from the one before: a minute was taken out, or the history was forked.
    /// </summary>
    BrokenChain,

    /// <summary>A head that was kept says otherwise than the certificate about the same minute.</summary>
    ForkedHistory,

    /// <summary>A head that was kept is not in the certificate.</summary>
    MissingMinute,

    /// <summary>Heads were kept of a node whose minutes are not in the certificate at all.</summary>
    NodeNotShown,

    /// <summary>
    /// The records of a minute are not those under its head: one was changed, dropped, added or moved.
    /// </summary>
    WrongRoot,

    /// <summary>The sums of a head are not those of its records.</summary>
    WrongSums,

    /// <summary>Records do not stand in the order of their numbers.</summary>
    OutOfOrder,

    /// <summary>A record's instant is not in its minute, or before what it follows from.</summary>
    Retimed,

    /// <summary>A job or a share refers to a job that is not recorded.</summary>
    InventedJob,

    /// <summary>A share that was credited does not meet what its job asked, or was not its pool's to attest.</summary>
    ForgedShare,

    /// <summary>A share was refused for a reason that does not hold.</summary>
    WrongVerdict,

    /// <summary>One header was credited twice.</summary>
    DoubledShare,

    /// <summary>One header was credited in two contracts.</summary>
    SoldTwice,

    /// <summary>A credited share's coinbase pays nothing to the address that was asked for.</summary>
    PaysAnother,

    /// <summary>The heads of a compact certificate state more work than the shares that are shown can carry.</summary>
    Overstated,

    /// <summary>Doubt: the key stands in the certificate only, so that anybody could have written it.</summary>
    KeyNotPinned,

    /// <summary>Doubt: no head was kept outside, so that another history could have been shown to others.</summary>
    NoHeadsKept,

    /// <summary>Doubt: the contract's last minute is not in it.</summary>
    StillOpen,

    /// <summary>Doubt: minutes of the contract of which no node tells.</summary>
    MinutesWithoutHead,

    /// <summary>Doubt: shares were credited in minutes before the contract's start or after its end.</summary>
    OutsideTerms,

    /// <summary>Doubt: a header's time is hours away from when it came.</summary>
    OddTime,

    /// <summary>Doubt: hashes do not lie as those of honest hardware do.</summary>
    OddHashes,

    /// <summary>Doubt: fewer blocks were found than luck explains.</summary>
    FewBlocks,
}

/// <summary>One thing that is wrong, or cannot be known.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Text">Where, and what was seen.</param>
public sealed record Finding(FindingKind Kind, string Text)
{
    /// <summary>True when it disproves the certificate; a doubt does not.</summary>
    public bool IsFailure => Kind < FindingKind.KeyNotPinned;
}

/// <summary>Findings of one certificate; after the first few of a kind only their number is kept.</summary>
public sealed class Findings
{
    private const int MaxPerKind = 10;

    private readonly List<Finding> _listed = [];
    private readonly Dictionary<FindingKind, long> _counts = [];

    /// <summary>The first ten of each kind, in the order in which they were seen.</summary>
    public IReadOnlyList<Finding> Listed => _listed;

    public IReadOnlyDictionary<FindingKind, long> Counts => _counts;

    public bool HaveFailure => _listed.Exists(finding => finding.IsFailure);

    internal void Add(FindingKind kind, string text)
    {
        var count = _counts.GetValueOrDefault(kind);
        _counts[kind] = count + 1;
        if (count < MaxPerKind)
        {
            _listed.Add(new Finding(kind, text));
        }
    }
}
