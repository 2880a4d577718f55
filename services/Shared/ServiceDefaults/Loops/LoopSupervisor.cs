using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Loops;

/// <summary>Keeps one loop running. A loop that lived long enough starts again at the shortest back-off.</summary>
internal sealed class LoopSupervisor<TLoop>(TLoop loop, TimeProvider time, ILogger<TLoop> logger) : BackgroundService
    where TLoop : class, ISupervisedLoop
{
    private static readonly TimeSpan ShortestBackOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = ShortestBackOff;
        while (!stoppingToken.IsCancellationRequested)
        {
            var startedAt = time.GetTimestamp();
            await RunOnceAsync(stoppingToken);
            backOff = time.GetElapsedTime(startedAt) >= HealthyAfter ? ShortestBackOff : backOff;
            await Task.Delay(backOff, TimeProvider.System, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, LongestBackOff.Ticks));
        }
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => loop.RunAsync(stoppingToken), stoppingToken);
            if (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Loop {Loop} returned early and is started again", typeof(TLoop).Name);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Loop {Loop} stopped", typeof(TLoop).Name);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Loop {Loop} died and is started again", typeof(TLoop).Name);
        }
    }
}
