using System.Text.Json;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Brings a node back to where it was: rigs and routes from the database, open minutes from the share log. What was
/// sealed but not yet told is told; the time the node was away is the marketplace's fault. Nothing is routed or sealed
/// before.
/// </summary>
internal sealed class NodeRestorer(
    NodeMemory memory,
    RouteBook book,
    ReadingSealer sealer,
    NodeJournal journal,
    ShareLogWriter log,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<NodeRestorer> logger)
{
    /// <summary>Machines that lost their connection with us come back after a pause of their own.</summary>
    private static readonly TimeSpan ReconnectTime = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _restored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WhenRestoredAsync(CancellationToken cancellationToken) => _restored.Task.WaitAsync(cancellationToken);

    /// <summary>Reads everything first, so that a database that fails half way leaves nothing half restored.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (_restored.Task.IsCompleted)
        {
            return;
        }

        var known = await memory.RecallAsync(options.Value.NodeName, cancellationToken);
        foreach (var rig in known.Rigs)
        {
            book.Apply(JsonSerializer.Deserialize<RigChanged>(rig.Desired)!);
        }

        foreach (var route in known.Routes)
        {
            book.Restore(
                JsonSerializer.Deserialize<ContractChanged>(route.Desired)!, [.. known.Splits[route.ContractId]]);
        }

        var routes = book.Rigs
            .SelectMany(rig => rig.Routes)
            .ToDictionary(route => route.Id);
        TakeOver(known, routes);
        Replay(routes, known.LastSequence);
        _restored.SetResult();
        logger.LogInformation("Node {Node} is back with {Contracts} contracts", options.Value.NodeName, routes.Count);
    }

    private void TakeOver(NodeRecollection known, Dictionary<ContractId, ContractRoute> routes)
    {
        sealer.ContinueAfter(known.LastSequence);
        foreach (var (contract, firstJobAt) in known.FirstJobs.Where(pair => routes.ContainsKey(pair.Key)))
        {
            routes[contract].Source.FirstJobAt = firstJobAt;
        }

        foreach (var reading in known.Readings.Where(reading => routes.ContainsKey(reading.ContractId)))
        {
            TakeOver(routes[reading.ContractId], reading.Sequence, reading.MinuteAt, reading.AcceptedWork);
        }

        foreach (var finished in known.FinishedContracts.Where(routes.ContainsKey))
        {
            routes[finished].IsSealed = true;
        }
    }

    private void Replay(Dictionary<ContractId, ContractRoute> routes, long lastStored)
    {
        var now = time.GetUtcNow();
        var since = routes.Values.Select(route => route.NextMinuteAt).DefaultIfEmpty(now).Min();
        var counted = new List<LogEntry>();
        var refused = new List<RefusedWorkRecord>();
        foreach (var entry in ShareLogReader.Read(log.Directory, since, log.Sync(), Report))
        {
            switch (entry.Kind)
            {
                case LogRecordKind.SealedReading:
                    lastStored = TellAgain(SealedReadingRecord.Read(entry.Body), lastStored, routes);
                    break;
                case LogRecordKind.RefusedWork:
                    refused.Add(RefusedWorkRecord.Read(entry.Body));
                    break;
                case LogRecordKind.CountedShare or (LogRecordKind)RecordKind.PoolAnswer:
                    counted.Add(entry);
                    break;
            }
        }

        counted.ForEach(entry => Count(entry, routes));
        refused.ForEach(record => Count(record, routes));
        CountAbsence(routes.Values, now);
    }

    private void Report(LogDamage damage)
    {
        var level = damage.IsTail ? LogLevel.Warning : LogLevel.Critical;
        logger.Log(level, "{Bytes} bytes of the share log at {Position} are no record", damage.Bytes, damage.Position);
    }

    /// <summary>What no sealed reading has counted yet.</summary>
    private static void Count(LogEntry entry, Dictionary<ContractId, ContractRoute> routes)
    {
        var stamp = RecordStamp.Of(LogRecordKinds.ProofIn(entry).Span);
        if (stamp.ContractId is not { } contract || !routes.TryGetValue(contract, out var route)
            || Minutes.Floor(stamp.At) < route.NextMinuteAt)
        {
            return;
        }

        if (entry.Kind == LogRecordKind.CountedShare)
        {
            var share = CountedShareRecord.Read(entry.Body);
            route.Source.Meter.Count(share.WorkerName, share.Verdict, share.Work, stamp.At);
            Count(share.Answer, route.Source.Meter);
        }
        else
        {
            Count(PoolAnswerRecord.Read(entry.Body), route.Source.Meter);
        }
    }

    private static void Count(RefusedWorkRecord refused, Dictionary<ContractId, ContractRoute> routes)
    {
        if (!routes.TryGetValue(refused.ContractId, out var route) || refused.MinuteAt < route.NextMinuteAt)
        {
            return;
        }

        var meter = route.Source.Meter;
        _ = refused.IsByOurFault
            ? meter.CountRefusedByOurFault(refused.Work, refused.Allowance, refused.MinuteAt, out _)
            : meter.Dispute(refused.Work, refused.Allowance, refused.MinuteAt, out _);
    }

    private static void Count(PoolAnswerRecord? said, ContractMeter meter)
    {
        if (said is { } answer)
        {
            meter.Count(answer.Answer, new StratumError(answer.Code, answer.Text), answer.Stamp.At);
        }
    }

    /// <returns>The number of the last reading that is told.</returns>
    private long TellAgain(SealedReadingRecord record, long lastTold, Dictionary<ContractId, ContractRoute> routes)
    {
        if (record.Sequence <= lastTold)
        {
            return lastTold;
        }

        sealer.ContinueAfter(record.Sequence);
        journal.Add(new ReadingSealedFact(record, time.GetUtcNow()));
        var reading = MeterReading.FromPayload(record.Payload);
        if (routes.TryGetValue(new ContractId(reading.ContractId), out var route))
        {
            TakeOver(route, record.Sequence, reading.MinuteAt, new Work(reading.AcceptedHashes));
            route.IsSealed |= reading.IsLast;
        }

        return record.Sequence;
    }

    private static void TakeOver(ContractRoute route, long sequence, DateTimeOffset minuteAt, Work accepted)
    {
        route.Source.Meter.Restore(accepted);
        route.LastSequence = Math.Max(route.LastSequence, sequence);
        var next = minuteAt + Minutes.Length;
        route.NextMinuteAt = next > route.NextMinuteAt ? next : route.NextMinuteAt;
    }

    /// <summary>
    /// What kept a worker away before the node went is forgotten with it, so the whole open time is ours.
    /// </summary>
    private static void CountAbsence(IEnumerable<ContractRoute> routes, DateTimeOffset now)
    {
        foreach (var route in routes)
        {
            var from = Later(route.NextMinuteAt, route.Desired.StartAt);
            var until = now + ReconnectTime < route.Desired.EndAt ? now + ReconnectTime : route.Desired.EndAt;
            if (from <= now)
            {
                route.Source.Meter.AddDowntime(Fault.Marketplace, from, until);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
