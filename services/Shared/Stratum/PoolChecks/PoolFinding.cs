using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>From good to bad, so that the worst of several is the greatest.</summary>
public enum PoolVerdict
{
    Pass,
    Warn,
    Fail,
}

/// <summary>What one rule says about a pool.</summary>
/// <param name="Rule"><c>resolve</c>, <c>subscribe</c>, <c>difficulty</c>, ...</param>
/// <param name="Verdict">Fail: a contract cannot be delivered to this pool.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Fix">What to change; empty when nothing.</param>
public sealed record PoolFinding(string Rule, PoolVerdict Verdict, string Seen, string Fix)
{
    public static PoolFinding Pass(string rule, string seen) => new(rule, PoolVerdict.Pass, seen, "");

    public static PoolFinding Warn(string rule, string seen, string fix) => new(rule, PoolVerdict.Warn, seen, fix);

    public static PoolFinding Fail(string rule, string seen, string fix) => new(rule, PoolVerdict.Fail, seen, fix);
}

/// <summary>A pool tried once.</summary>
/// <param name="Findings">In the order of a connection's life; after a failed step there are none.</param>
/// <param name="Transcript">The lines as they went over the wire, secrets masked.</param>
public sealed record PoolReport(
    PoolUrl Url, IReadOnlyList<PoolFinding> Findings, IReadOnlyList<string> Transcript, DateTimeOffset CheckedAt)
{
    /// <summary>The worst of its findings.</summary>
    public PoolVerdict Verdict => Findings.Max(finding => finding.Verdict);
}
