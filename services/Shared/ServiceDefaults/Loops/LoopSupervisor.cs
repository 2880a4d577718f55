using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Loops;

/// <summary>Keeps one loop running. A loop that lived long enough starts again at the shortest back-off.</summary>
internal sealed class LoopSupervisor(string name, ISupervisedLoop loop, ILogger<LoopSupervisor> logger)
    : BackgroundService
{
    private static readonly TimeSpan ShortestBackOff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromMinutes(1);

    public static LoopSupervisor For<TLoop>(IServiceProvider provider)
        where TLoop : class, ISupervisedLoop =>
        For(provider, typeof(TLoop).Name, provider.GetRequiredService<TLoop>());

    public static LoopSupervisor For(IServiceProvider provider, string name, ISupervisedLoop loop) =>
        new(name, loop, provider.GetRequiredService<ILogger<LoopSupervisor>>());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = ShortestBackOff;
        while (!stoppingToken.IsCancellationRequested)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            await RunOnceAsync(stoppingToken);
            var isHealthy = TimeProvider.System.GetElapsedTime(startedAt) >= HealthyAfter;
            backOff = isHealthy ? ShortestBackOff : backOff;
            await Task.Delay(backOff, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                logger.LogWarning("Loop {Loop} returned early and is started again", name);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Loop {Loop} stopped", name);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Loop {Loop} died and is started again", name);
        }
    }
}
