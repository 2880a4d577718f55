using System.Reflection;
using MassTransit;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.ServiceDefaults.Bus;

/// <summary>
/// Quorum queues, publisher confirms, and the whole topology declared before the first message leaves.
/// </summary>
internal static class RabbitMqSetup
{
    private static readonly MethodInfo DeclareMethod =
        typeof(RabbitMqSetup).GetMethod(nameof(Declare), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Configure(
        IRabbitMqBusFactoryConfigurator rabbit,
        IBusRegistrationContext context,
        BusOptions options,
        ServiceRegistry registry)
    {
        var broker = options.RabbitMq;
        rabbit.Host(broker.Host, broker.Port, broker.VirtualHost, host =>
        {
            host.Username(broker.User);
            host.Password(broker.Password);
            host.PublisherConfirmation = true;
        });
        rabbit.DeployPublishTopology = true;
        foreach (var (messageType, queues) in QueuesByMessage(registry))
        {
            DeclareMethod.MakeGenericMethod(messageType).Invoke(null, [rabbit, queues]);
        }

        foreach (var consumer in registry.Consumers)
        {
            rabbit.ReceiveEndpoint(consumer.QueueName, queue =>
            {
                queue.SetQuorumQueue();
                BusSetup.ConfigureQueue(queue, consumer, context, options);
            });
        }
    }

    private static IEnumerable<(Type MessageType, string[] Queues)> QueuesByMessage(ServiceRegistry registry)
    {
        var listed = MessageRoutes.All.SelectMany(route => route.Value.Select(service => (route.Key, service)));
        var here = registry.Consumers.Select(consumer => (consumer.MessageType, consumer.Service));
        return listed.Concat(here).Distinct()
            .GroupBy(pair => pair.Item1, pair => ConsumerRegistration.QueueNameOf(pair.Item2, pair.Item1))
            .Select(group => (group.Key, group.ToArray()));
    }

    /// <summary>The same exchange, queue and binding that the consumer's own process declares.</summary>
    private static void Declare<TMessage>(IRabbitMqBusFactoryConfigurator rabbit, string[] queues)
        where TMessage : class =>
        rabbit.Publish<TMessage>(exchange =>
        {
            foreach (var queue in queues)
            {
                exchange.BindQueue(queue, queue, declared => declared.SetQueueArgument("x-queue-type", "quorum"));
            }
        });
}
