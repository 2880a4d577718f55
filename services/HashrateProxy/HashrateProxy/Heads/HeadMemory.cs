using Marketplace.HashrateProxy.Persistence;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>Reads what the database keeps of a node's heads.</summary>
internal sealed class HeadMemory(IDbContextFactory<ProxyDbContext> contexts)
{
    /// <summary>The last head of each contract that is not finished on this node.</summary>
    public async Task<IReadOnlyList<MinuteHead>> UnfinishedAsync(string nodeName, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var heads = db.Heads.AsNoTracking().Where(head => head.NodeName == nodeName);
        var bodies = await heads
            .Where(head => !heads.Any(later => later.ContractId == head.ContractId && later.Index > head.Index))
            .Where(head => !head.IsLast)
            .Select(head => head.Body)
            .ToListAsync(cancellationToken);
        return bodies.ConvertAll(body => MinuteHead.Read(body));
    }

    /// <summary>The highest index of each contract that has a head since then.</summary>
    public async Task<IReadOnlyDictionary<ContractId, long>> KnownSinceAsync(
        string nodeName, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Heads.AsNoTracking()
            .Where(head => head.NodeName == nodeName && head.MinuteAt >= since)
            .GroupBy(head => head.ContractId)
            .Select(group => new { ContractId = group.Key, Index = group.Max(head => head.Index) })
            .ToDictionaryAsync(one => one.ContractId, one => one.Index, cancellationToken);
    }
}
