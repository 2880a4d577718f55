using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Loops;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Closes minutes: a reading per contract, a measurement per rig, and the end of a contract on this node.
/// </summary>
internal sealed class MinuteLoop(RouteBook book, NodeRestorer restorer, ReadingSealer sealer, TimeProvider time)
    : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Shares that were being judged when the minute ended are counted before it is closed.</summary>
    private static readonly TimeSpan CloseDelay = TimeSpan.FromSeconds(1);

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
        foreach (var rig in book.Rigs)
        {
            CloseMinutes(rig, now);
        }
    }

    private void CloseMinutes(RigRouter rig, DateTimeOffset now)
    {
        var openMinuteAt = Minutes.Floor(now - CloseDelay);
        var (workerCount, routes) = rig.Read((workers, routes) => (workers.Count, routes.ToList()));
        foreach (var (minuteAt, accepted, rejected) in rig.Meter.TakeMinutesBefore(openMinuteAt))
        {
            sealer.Tell(new RigMeasured(rig.RigId.Value, sealer.NodeName, minuteAt, accepted, rejected, workerCount));
        }

        foreach (var route in routes)
        {
            if (route.ReleasedAt is { } releasedAt && now >= releasedAt + ContractRoute.LateShareGrace + CloseDelay)
            {
                Finish(rig, route, Minutes.Floor(now));
            }
            else
            {
                SealMinutesBefore(route, openMinuteAt);
            }
        }
    }

    private void SealMinutesBefore(ContractRoute route, DateTimeOffset minuteAt)
    {
        for (; route.NextMinuteAt < minuteAt; route.NextMinuteAt += Minutes.Length)
        {
            sealer.Seal(route, route.Source.Meter.Close(route.NextMinuteAt), isLast: false);
        }
    }

    /// <summary>Seals what is left, the open minute included, and tells that nothing more will come.</summary>
    private void Finish(RigRouter rig, ContractRoute route, DateTimeOffset openMinuteAt)
    {
        if (!route.IsSealed && route.Desired.EndAt > route.Desired.StartAt)
        {
            var lastMinuteAt = LastMinuteOf(route, openMinuteAt);
            SealMinutesBefore(route, lastMinuteAt);
            sealer.Seal(route, route.Source.Meter.Close(lastMinuteAt), isLast: true);
            route.IsSealed = true;
        }

        sealer.Close(route);
        rig.Forget(route);
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
