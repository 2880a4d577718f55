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
            awake.Beat(time.GetUtcNow());
            foreach (var rig in book.Rigs)
            {
                rig.Tick(time.GetUtcNow());
            }
        }
    }
}
