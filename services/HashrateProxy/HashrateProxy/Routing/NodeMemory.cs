using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.HashrateProxy;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>Reads what the database keeps of a node.</summary>
internal sealed class NodeMemory(IDbContextFactory<ProxyDbContext> contexts)
{
    public async Task<NodeRecollection> RecallAsync(string nodeName, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rigs = await db.Rigs.AsNoTracking().ToListAsync(cancellationToken);
        var routes = await db.Routes.AsNoTracking()
            .Where(route => route.ReleasedAt == null)
            .ToListAsync(cancellationToken);
        var ids = routes.ConvertAll(route => route.ContractId);
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
        return new NodeRecollection(rigs, routes, readings, lastSequence, finished);
    }
}

/// <param name="Routes">Those that are not released.</param>
/// <param name="Readings">Those of these routes.</param>
/// <param name="LastSequence">The last reading's number of this node, whichever contract it was of.</param>
/// <param name="FinishedContracts">Contracts whose last reading is sealed.</param>
internal sealed record NodeRecollection(
    IReadOnlyList<StoredRig> Rigs,
    IReadOnlyList<StoredRoute> Routes,
    IReadOnlyList<ReadingKept> Readings,
    long LastSequence,
    IReadOnlySet<ContractId> FinishedContracts);

internal sealed record ReadingKept(ContractId ContractId, long Sequence, DateTimeOffset MinuteAt, Work AcceptedWork);
