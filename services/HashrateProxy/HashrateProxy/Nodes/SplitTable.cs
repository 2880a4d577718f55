using System.Text.Json;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Nodes;

/// <summary>Decides in the database how nodes share a contract: the first word about a minute holds.</summary>
internal sealed class SplitTable(TimeProvider time, IOptions<ProxyOptions> options)
{
    /// <summary>A node that has said nothing for so long is taken for dead.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    /// <summary>Every node that is well reads a split so long before it holds.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);

    /// <summary>The contract's splits, oldest first; one that is new is shared as its rig is connected now.</summary>
    public async Task<IReadOnlyList<ContractSplit>> DecideFirstAsync(
        ProxyDbContext db, ContractChanged contract, CancellationToken cancellationToken)
    {
        var (id, rigId) = (new ContractId(contract.ContractId), new RigId(contract.RigId));
        var known = await db.SplitsOfAsync([id], cancellationToken);
        if (known.Count == 0)
        {
            var connected = await ConnectedAsync(db, [rigId], cancellationToken);
            var split = Propose(Minutes.Floor(contract.StartAt), connected[rigId]);
            await WriteAsync(db, id, split, cancellationToken);
            known = await db.SplitsOfAsync([id], cancellationToken);
        }

        return [.. known[id]];
    }

    /// <summary>Decides anew, from a later minute on, where a rig's workers have moved between nodes.</summary>
    public async Task<ILookup<ContractId, ContractSplit>> KeepAsync(
        ProxyDbContext db, IReadOnlyDictionary<ContractId, RigId> contracts, CancellationToken cancellationToken)
    {
        var ids = contracts.Keys.ToList();
        var known = await db.SplitsOfAsync(ids, cancellationToken);
        var connected = await ConnectedAsync(db, [.. contracts.Values.Distinct()], cancellationToken);
        var fromAt = Minutes.Floor(time.GetUtcNow() + Lead) + Minutes.Length;
        var hasChanged = false;
        foreach (var (contract, rig) in contracts.Where(pair => connected[pair.Value].Any()))
        {
            var proposed = Propose(fromAt, connected[rig]);
            if (known[contract].LastOrDefault() is { } last && last.FromAt < fromAt && !proposed.IsNear(last))
            {
                await WriteAsync(db, contract, proposed, cancellationToken);
                hasChanged = true;
            }
        }

        return hasChanged ? await db.SplitsOfAsync(ids, cancellationToken) : known;
    }

    private ContractSplit Propose(DateTimeOffset fromAt, IEnumerable<NodeRig> connected) => ContractSplit.Of(
        fromAt, connected.ToDictionary(rig => rig.NodeName, rig => rig.Connected), options.Value.NodeName);

    private async Task<ILookup<RigId, NodeRig>> ConnectedAsync(
        ProxyDbContext db, List<RigId> rigs, CancellationToken cancellationToken)
    {
        var seenAfter = time.GetUtcNow() - SilenceLimit;
        var connected = await db.NodeRigs.AsNoTracking()
            .Where(rig => rigs.Contains(rig.RigId) && rig.SeenAt > seenAfter)
            .ToListAsync(cancellationToken);
        return connected.Where(rig => rig.Connected > Hashrate.Zero).ToLookup(rig => rig.RigId);
    }

    private static async Task WriteAsync(
        ProxyDbContext db, ContractId contractId, ContractSplit split, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO route_split (contract_id, from_at, parts)
            VALUES ({contractId.Value}, {split.FromAt}, {JsonSerializer.Serialize(split.Parts)}::jsonb)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
}
