using System.Text.Json;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Brings a node back to where it was: rigs and routes from the database, open minutes from the share log. What was sealed
/// but not yet told is told; the time the node was away is the marketplace's fault.
/// </summary>
internal sealed class NodeRestorer(
    IDbContextFactory<ProxyDbContext> contexts,
    RouteBook book,
    ReadingSealer sealer,
    NodeJournal journal,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<NodeRestorer> logger)
{
    private bool _isRestored;

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (_isRestored)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var rig in await db.Rigs.AsNoTracking().ToListAsync(cancellationToken))
        {
            book.Apply(JsonSerializer.Deserialize<RigChanged>(rig.Desired)!);
        }

        var stored = await db.Routes.AsNoTracking().Where(route => route.ReleasedAt == null).ToListAsync(cancellationToken);
        foreach (var route in stored)
        {
            book.Apply(JsonSerializer.Deserialize<ContractChanged>(route.Desired)!);
        }

        var routes = book.Rigs.SelectMany(rig => rig.Read((_, routes) => routes.ToList())).ToDictionary(route => route.Id);
        foreach (var route in stored.Where(route => routes.ContainsKey(route.ContractId)))
        {
            routes[route.ContractId].Source.FirstJobAt = route.FirstJobAt;
        }

        var lastStored = await RestoreReadingsAsync(db, routes, cancellationToken);
        Replay(routes, lastStored);
        _isRestored = true;
        logger.LogInformation("Node {Node} is back with {Contracts} contracts", options.Value.NodeName, routes.Count);
    }

    private async Task<long> RestoreReadingsAsync(
        ProxyDbContext db, Dictionary<ContractId, ContractRoute> routes, CancellationToken cancellationToken)
    {
        var node = options.Value.NodeName;
        var ids = routes.Keys.ToList();
        var readings = await db.Readings.AsNoTracking()
            .Where(reading => reading.NodeName == node && ids.Contains(reading.ContractId))
            .Select(reading => new { reading.ContractId, reading.Sequence, reading.MinuteAt, reading.AcceptedWork })
            .ToListAsync(cancellationToken);
        foreach (var reading in readings)
        {
            TakeOver(routes[reading.ContractId], reading.Sequence, reading.MinuteAt, reading.AcceptedWork);
        }

        var last = await db.Readings.Where(reading => reading.NodeName == node)
            .MaxAsync(reading => (long?)reading.Sequence, cancellationToken) ?? 0;
        sealer.ContinueAfter(last);
        return last;
    }

    private void Replay(Dictionary<ContractId, ContractRoute> routes, long lastStored)
    {
        var now = time.GetUtcNow();
        var since = routes.Values.Select(route => route.NextMinuteAt).DefaultIfEmpty(now).Min();
        var shares = new List<ShareRecord>();
        var lastRecordAt = DateTimeOffset.MinValue;
        var directory = Path.Combine(options.Value.ShareLogDirectory, options.Value.NodeName);
        foreach (var body in ShareLogReader.Read(directory, since))
        {
            if (body[0] == (byte)LogRecordKind.SealedReading)
            {
                TellAgain(SealedReadingRecord.Read(body), lastStored, routes);
            }
            else
            {
                var share = ShareRecord.Read(body);
                lastRecordAt = share.At;
                shares.Add(share);
            }
        }

        foreach (var share in shares)
        {
            if (share.ContractId is { } contract && routes.TryGetValue(contract, out var route)
                && Minutes.Floor(share.At) >= route.NextMinuteAt)
            {
                route.Source.Meter.Count(share.WorkerName, share.Verdict, share.Work, share.At);
            }
        }

        CountAbsence(routes.Values, lastRecordAt, now);
    }

    private void TellAgain(SealedReadingRecord record, long lastStored, Dictionary<ContractId, ContractRoute> routes)
    {
        if (record.Sequence <= lastStored)
        {
            return;
        }

        sealer.ContinueAfter(record.Sequence);
        journal.Add(new ReadingSealedFact(record, time.GetUtcNow()));
        var reading = MeterReading.FromPayload(record.Payload);
        if (routes.TryGetValue(new ContractId(reading.ContractId), out var route))
        {
            TakeOver(route, record.Sequence, reading.MinuteAt, new Work(reading.AcceptedHashes));
        }
    }

    private static void TakeOver(ContractRoute route, long sequence, DateTimeOffset minuteAt, Work accepted)
    {
        route.Source.Meter.Restore(accepted);
        route.LastSequence = Math.Max(route.LastSequence, sequence);
        var next = minuteAt + Minutes.Length;
        route.NextMinuteAt = next > route.NextMinuteAt ? next : route.NextMinuteAt;
    }

    /// <summary>From the last record to now nobody was here to count.</summary>
    private static void CountAbsence(IEnumerable<ContractRoute> routes, DateTimeOffset lastRecordAt, DateTimeOffset now)
    {
        foreach (var route in routes)
        {
            var from = Later(lastRecordAt, Later(route.NextMinuteAt, route.Desired.StartAt));
            var until = now < route.Desired.EndAt ? now : route.Desired.EndAt;
            for (var minuteAt = Minutes.Floor(from); minuteAt < until; minuteAt += Minutes.Length)
            {
                route.Source.Meter.AddDowntime(Fault.Marketplace, Minutes.Overlap(minuteAt, from, until), minuteAt);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
