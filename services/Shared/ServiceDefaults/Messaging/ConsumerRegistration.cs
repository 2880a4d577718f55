using System.Text.Json;
using Marketplace.ServiceDefaults.Database;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A consumer with its types folded away: its queue, and how a message reaches it.</summary>
internal abstract class ConsumerRegistration(string service, Type messageType)
{
    public string Service => service;

    public Type MessageType => messageType;

    /// <summary>
    /// The service and the message, so that two services never compete for one queue and any process can name it.
    /// </summary>
    public string QueueName { get; } = QueueNameOf(service, messageType);

    public static string QueueNameOf(string service, Type messageType) =>
        $"{service}-{JsonNamingPolicy.KebabCaseLower.ConvertName(messageType.Name)}";
}

internal sealed class ConsumerRegistration<TMessage, TConsumer, TDbContext>(string service)
    : ConsumerRegistration(service, typeof(TMessage))
    where TMessage : class
    where TConsumer : class, IMessageConsumer<TMessage>
    where TDbContext : ServiceDbContext
{
}
