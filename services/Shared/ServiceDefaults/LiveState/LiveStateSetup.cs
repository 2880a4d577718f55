using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.LiveState;

internal static class LiveStateSetup
{
    /// <summary>
    /// Redis where <c>LiveState:Redis</c> holds a connection string (<c>host:port,...</c>), else in process.
    /// </summary>
    public static void AddLiveState(this IServiceCollection services) => services.AddSingleton<ILiveState>(provider =>
    {
        var redis = provider.GetRequiredService<IConfiguration>()["LiveState:Redis"];
        var time = provider.GetRequiredService<TimeProvider>();
        return string.IsNullOrEmpty(redis)
            ? new InProcessLiveState(time)
            : new RedisLiveState(redis, time, provider.GetRequiredService<ILogger<RedisLiveState>>());
    });
}
