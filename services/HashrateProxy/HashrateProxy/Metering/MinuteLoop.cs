using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Loops;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Closes minutes: a reading per contract, a measurement per rig, and the end of a contract on this node.
/// </summary>
internal sealed class MinuteLoop(
    RouteBook book, NodeRestorer restorer, ReadingSealer sealer, ShareLogWriter log, TimeProvider time)
    : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Shares that were being judged when the minute ended are counted before it is closed.</summary>
    private static readonly TimeSpan CloseDelay = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _fullSinceAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            CloseMinutes(time.GetUtcNow());
        }
    }

    public void CloseMinutes(DateTimeOffset now)
    {
        CountOutage(now);
        foreach (var rig in book.Rigs)
        {
            CloseMinutes(rig, now);
        }
    }

    /// <summary>While no share can be taken, whatever is missing is ours.</summary>
    private void CountOutage(DateTimeOffset now)
    {
        var from = log.IsFull ? _fullSinceAt ??= now : _fullSinceAt;
        foreach (var route in from is null ? [] : book.Rigs.SelectMany(rig => rig.Routes))
        {
            route.CountDowntime(Fault.Marketplace, from!.Value, now);
        }

        _fullSinceAt = log.IsFull ? now : null;
    }

    private void CloseMinutes(RigRouter rig, DateTimeOffset now)
    {
        var openMinuteAt = Minutes.Floor(now - CloseDelay);
        foreach (var minute in rig.Meter.TakeMinutesBefore(openMinuteAt))
        {
            var settledAt = rig.Read((workers, _) => workers.Select(worker => worker.SettledAt).ToList());
            sealer.Tell(new RigMeasured(
                rig.RigId.Value,
                sealer.NodeName,
                minute.MinuteAt,
                minute.AcceptedHashes,
                minute.SettledHashes,
                minute.RejectedHashes,
                settledAt.Count,
                settledAt.Count(at => at <= minute.MinuteAt)));
        }

        foreach (var route in rig.Routes)
        {
            if (route.IsCounted(now - CloseDelay))
            {
                Finish(rig, route, Minutes.Floor(now));
            }
            else
            {
                TrySealMinutesBefore(route, openMinuteAt);
            }
        }
    }

    private bool TrySealMinutesBefore(ContractRoute route, DateTimeOffset minuteAt)
    {
        while (route.TookPart && route.NextMinuteAt < minuteAt)
        {
            if (!TrySealNext(route, isLast: false))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySealNext(ContractRoute route, bool isLast)
    {
        var account = route.Source.Meter.Close(route.NextMinuteAt, isLast);
        if (!sealer.TrySeal(route, account, isLast))
        {
            route.Source.Meter.PutBack(account);
            return false;
        }

        route.NextMinuteAt += Minutes.Length;
        route.IsSealed = isLast;
        return true;
    }

    /// <summary>Seals what is left, the open minute included, and tells that nothing more will come.</summary>
    private void Finish(RigRouter rig, ContractRoute route, DateTimeOffset openMinuteAt)
    {
        var hasReadings = route.TookPart
            && (route.Desired.EndAt > route.Desired.StartAt || route.LastSequence > 0);
        if (!route.IsSealed && hasReadings
            && (!TrySealMinutesBefore(route, LastMinuteOf(route, openMinuteAt)) || !TrySealNext(route, isLast: true)))
        {
            return;
        }

        if (sealer.TryClose(route))
        {
            rig.Forget(route);
        }
    }

    /// <summary>
    /// The minute of the end, or a later one that counted something; never one that is sealed already.
    /// </summary>
    private static DateTimeOffset LastMinuteOf(ContractRoute route, DateTimeOffset openMinuteAt)
    {
        var last = Minutes.Floor(route.Desired.EndAt - TimeSpan.FromTicks(1));
        last = route.Source.Meter.NewestMinuteAt is { } newest && newest > last ? newest : last;
        last = last < openMinuteAt ? last : openMinuteAt;
        return last > route.NextMinuteAt ? last : route.NextMinuteAt;
    }
}
