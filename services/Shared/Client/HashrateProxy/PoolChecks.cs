using Marketplace.Client.Catalog;

namespace Marketplace.Client.HashrateProxy;

/// <param name="Hashrate">What would be pointed at the pool; decides the least difficulty it must offer.</param>
/// <param name="RigId">The rig that would hash for it, where known; its workers' version mask is then compared.</param>
public sealed record CheckPool(Pool Pool, string Algorithm, Hashrate Hashrate, RigId? RigId);

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

/// <param name="Name"><c>resolve</c>, <c>connect</c>, <c>subscribe</c>, <c>authorize</c>, ...</param>
/// <param name="Verdict"><c>pass</c>, <c>warn</c> or <c>fail</c>.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Fix">What to change; empty when nothing.</param>
public sealed record PoolCheckRule(string Name, string Verdict, string Seen, string Fix);
