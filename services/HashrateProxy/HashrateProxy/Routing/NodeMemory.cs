using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.HashrateProxy;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>Reads what the database keeps of a node.</summary>
internal sealed class NodeMemory(IDbContextFactory<ProxyDbContext> contexts, TimeProvider time)
{
    public async Task<NodeRecollection> RecallAsync(string nodeName, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rigs = await db.Rigs.AsNoTracking().ToListAsync(cancellationToken);
        var routes = await db.OpenRoutes(nodeName, time.GetUtcNow()).AsNoTracking().ToListAsync(cancellationToken);
        var ids = routes.ConvertAll(route => route.ContractId);
        var splits = await db.SplitsOfAsync(ids, cancellationToken);
        var firstJobs = await db.NodeRoutes.AsNoTracking()
            .Where(route => route.NodeName == nodeName && ids.Contains(route.ContractId))
            .ToDictionaryAsync(route => route.ContractId, route => route.FirstJobAt, cancellationToken);
        var readings = await db.Readings.AsNoTracking()
            .Where(reading => reading.NodeName == nodeName && ids.Contains(reading.ContractId))
            .Select(
                reading =>
                    new ReadingKept(reading.ContractId, reading.Sequence, reading.MinuteAt, reading.AcceptedWork))
            .ToListAsync(cancellationToken);
        var lastSequence = await db.Readings.Where(reading => reading.NodeName == nodeName)
            .MaxAsync(reading => (long?)reading.Sequence, cancellationToken) ?? 0;

        var lastOfEach = readings.GroupBy(reading => reading.ContractId).Select(
            group => group.Max(reading => reading.Sequence)).ToList();
        var payloads = await db.Readings.AsNoTracking()
            .Where(reading => reading.NodeName == nodeName && lastOfEach.Contains(reading.Sequence))
            .Select(reading => reading.Payload)
            .ToListAsync(cancellationToken);
        var finished = payloads.Select(payload => MeterReading.FromPayload(payload))
            .Where(reading => reading.IsLast)
            .Select(reading => new ContractId(reading.ContractId))
            .ToHashSet();
        return new NodeRecollection(rigs, routes, splits, firstJobs, readings, lastSequence, finished);
    }
}

/// <param name="Routes">Those that are not released.</param>
/// <param name="Splits">How they are shared, oldest first.</param>
/// <param name="FirstJobs">When the first job of a renter's pool reached a worker of this node.</param>
/// <param name="Readings">Those of these routes.</param>
/// <param name="LastSequence">The last reading's number of this node, whichever contract it was of.</param>
/// <param name="FinishedContracts">Contracts whose last reading is sealed.</param>
internal sealed record NodeRecollection(
    IReadOnlyList<StoredRig> Rigs,
    IReadOnlyList<StoredRoute> Routes,
    ILookup<ContractId, ContractSplit> Splits,
    IReadOnlyDictionary<ContractId, DateTimeOffset?> FirstJobs,
    IReadOnlyList<ReadingKept> Readings,
    long LastSequence,
    IReadOnlySet<ContractId> FinishedContracts);

internal sealed record ReadingKept(ContractId ContractId, long Sequence, DateTimeOffset MinuteAt, Work AcceptedWork);
