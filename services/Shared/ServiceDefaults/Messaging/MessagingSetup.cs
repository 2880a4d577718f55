using Marketplace.ServiceDefaults.Bus;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketplace.ServiceDefaults.Messaging;

internal static class MessagingSetup
{
    public static void AddMessaging(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxSignalInterceptor>();
        services.AddSingleton<Acknowledgements>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<ParkedMessages>();
        services.AddSingleton<MessagePublisher>();
        services.AddSingleton(provider => new MessageDelivery(
            provider, provider.GetRequiredService<ServiceRegistry>(), provider.GetRequiredService<ParkedMessages>()));
    }

    /// <summary>A dispatcher for every database, and one loop for what was parked.</summary>
    public static void AddMessageLoops(this IServiceCollection services, ServiceRegistry registry)
    {
        foreach (var database in registry.Databases)
        {
            services.AddSingleton<IHostedService>(provider => LoopSupervisor.For(
                provider, $"{nameof(OutboxDispatcher)} of {database.Service}", Dispatcher(provider, database)));
        }

        services.AddSingleton<ParkedMessageLoop>();
        services.AddSingleton<IHostedService>(LoopSupervisor.For<ParkedMessageLoop>);
    }

    private static OutboxDispatcher Dispatcher(IServiceProvider provider, IServiceDatabase database) =>
        ActivatorUtilities.CreateInstance<OutboxDispatcher>(provider, database.DataSource(provider));
}
