using Marketplace.Client.Catalog;

namespace Marketplace.Client.HashrateProxy;

/// <param name="Hashrate">What would be pointed at the pool; decides the least difficulty it must offer.</param>
/// <param name="RigId">The rig that would hash for it, where known; what its workers need is then compared.</param>
/// <param name="WatchSeconds">How long its jobs are watched after the first, 0 to 60.</param>
/// <param name="Payee">The address its blocks have to pay; null where that does not matter.</param>
/// <param name="IsForContract">
/// It is to be a contract's destination: of an algorithm that pools attest it must be a listed one, rule
/// <c>listed</c>.
/// </param>
public sealed record CheckPool(
    Pool Pool,
    string Algorithm,
    Hashrate Hashrate,
    RigId? RigId,
    int WatchSeconds = CheckPool.UsualWatchSeconds,
    string? Payee = null,
    bool IsForContract = false)
{
    /// <summary>Long enough to see a flood of clean jobs, and short enough to wait for.</summary>
    public const int UsualWatchSeconds = 2;
}

/// <summary>What a dry connection to a pool showed.</summary>
/// <param name="Verdict">The worst of its rules: <c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Transcript">The lines as they went over the wire, secrets masked.</param>
public sealed record PoolCheck(
    string Url,
    string User,
    string Verdict,
    IReadOnlyList<PoolCheckRule> Rules,
    IReadOnlyList<string> Transcript,
    DateTimeOffset CheckedAt);

/// <param name="Name"><c>listed</c>, <c>resolve</c>, <c>connect</c>, <c>subscribe</c>, <c>authorize</c>, ...</param>
/// <param name="Verdict"><c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Fix">What to change; empty when nothing.</param>
public sealed record PoolCheckRule(string Name, string Verdict, string Seen, string Fix)
{
    /// <summary>Failed where the pool's word would have to be taken and is not; the pool is not dialled then.</summary>
    public const string Listed = "listed";
}
