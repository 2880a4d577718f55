using MassTransit;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.ServiceDefaults.Bus;

/// <summary>The bus of a process: all modules' consumers on one, over the configured transport.</summary>
internal static class BusSetup
{
    /// <summary>Messages of one queue that are worked on at the same time.</summary>
    private const int ConcurrentMessages = 4;

    /// <summary>Messages of one queue that are fetched ahead.</summary>
    private const int PrefetchedMessages = 16;

    private const int StopTimeoutSeconds = 20;

    public static void AddBus(this IServiceCollection services, IConfiguration configuration, ServiceRegistry registry)
    {
        services.AddOptions<BusOptions>().BindConfiguration("Bus").ValidateDataAnnotations().ValidateOnStart();
        var options = configuration.GetSection("Bus").Get<BusOptions>() ?? new BusOptions();
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(StopTimeoutSeconds));
        services.AddMassTransit(bus =>
        {
            // Nothing leaves this house that its operator did not ask for.
            bus.DisableUsageTelemetry();
            foreach (var consumer in registry.Consumers)
            {
                consumer.AddTo(bus);
            }

            if (options.Transport == BusTransport.RabbitMq)
            {
                bus.UsingRabbitMq((context, rabbit) => RabbitMqSetup.Configure(rabbit, context, options, registry));
            }
            else
            {
                bus.UsingInMemory((context, memory) => ConfigureInMemory(memory, context, options, registry));
            }
        });
    }

    /// <summary>Said once for every queue: how many at a time, how often again, and where the dead go.</summary>
    public static void ConfigureQueue(
        IReceiveEndpointConfigurator queue,
        ConsumerRegistration consumer,
        IRegistrationContext context,
        BusOptions options)
    {
        queue.PublishFaults = false;
        queue.PrefetchCount = PrefetchedMessages;
        queue.ConcurrentMessageLimit = ConcurrentMessages;
        var deadLetters = ActivatorUtilities.CreateInstance<DeadLetterFilter>(context, consumer);
        queue.ConfigureError(pipe => pipe.UseFilter(deadLetters));
        queue.ConfigureDeadLetter(pipe => pipe.UseFilter(deadLetters));
        queue.UseMessageRetry(retry => retry.Intervals(options.RetryIntervals));
        consumer.ConfigureConsumer(queue, context);
    }

    private static void ConfigureInMemory(
        IInMemoryBusFactoryConfigurator memory,
        IBusRegistrationContext context,
        BusOptions options,
        ServiceRegistry registry)
    {
        foreach (var consumer in registry.Consumers)
        {
            memory.ReceiveEndpoint(consumer.QueueName, queue => ConfigureQueue(queue, consumer, context, options));
        }
    }
}
