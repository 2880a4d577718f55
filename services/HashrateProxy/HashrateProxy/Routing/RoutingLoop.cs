using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.ServiceDefaults.Loops;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>The node's clock: contracts start and end by it even when nothing else is heard.</summary>
internal sealed class RoutingLoop(RouteBook book, NodeRestorer restorer, AwakeTime awake, TimeProvider time)
    : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Tick();
        }
    }

    public void Tick()
    {
        var slept = awake.Beat(time.GetUtcNow());
        foreach (var rig in book.Rigs)
        {
            if (slept is { From: var from, To: var to })
            {
                CountSleep(rig, from, to);
            }

            rig.Tick(time.GetUtcNow());
        }
    }

    /// <summary>What is missing because this node stood still is ours.</summary>
    private static void CountSleep(RigRouter rig, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var route in rig.Routes)
        {
            route.CountDowntime(Fault.Marketplace, from, to);
        }
    }
}
