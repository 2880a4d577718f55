using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>Shares of one verdict and the work they proved, or would have proved.</summary>
public readonly record struct VerdictSum(long Shares, Work Work)
{
    public static VerdictSum operator +(VerdictSum sum, Work share) => new(sum.Shares + 1, sum.Work + share);

    public static VerdictSum operator +(VerdictSum left, VerdictSum right) =>
        new(left.Shares + right.Shares, left.Work + right.Work);
}

/// <summary>A sum for each verdict.</summary>
public sealed class VerdictSums
{
    private readonly VerdictSum[] _sums = new VerdictSum[Enum.GetValues<ShareVerdict>().Length];

    public VerdictSum this[ShareVerdict verdict]
    {
        get => _sums[(int)verdict];
        internal set => _sums[(int)verdict] = value;
    }

    /// <summary>All verdicts of ours, in the order in which a head writes them.</summary>
    public static IReadOnlyList<ShareVerdict> Verdicts { get; } =
        [.. Enum.GetValues<ShareVerdict>().Where(verdict => verdict != ShareVerdict.Unattested)];

    public void Count(ShareVerdict verdict, Work work) => this[verdict] += work;

    public void Add(VerdictSums others)
    {
        foreach (var verdict in Verdicts)
        {
            this[verdict] += others[verdict];
        }
    }

    public bool SameAs(VerdictSums others) => _sums.AsSpan().SequenceEqual(others._sums);
}
