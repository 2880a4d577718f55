using System.Text.Json;
using MassTransit;
using Marketplace.ServiceDefaults.Database;
using Microsoft.Extensions.DependencyInjection;

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

    public abstract void AddTo(IServiceCollection services);

    public abstract void AddTo(IBusRegistrationConfigurator bus);

    public abstract void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context);

    /// <summary>Applies a message in a scope of its own, past the bus; throws what the consumer throws.</summary>
    public abstract Task<Reception> DeliverAsync(
        IServiceProvider provider, Guid messageId, string body, CancellationToken cancellationToken);
}

internal sealed class ConsumerRegistration<TMessage, TConsumer, TDbContext>(string service)
    : ConsumerRegistration(service, typeof(TMessage))
    where TMessage : class
    where TConsumer : class, IMessageConsumer<TMessage>
    where TDbContext : ServiceDbContext
{
    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<TConsumer>();
        services.AddScoped<Inbox<TMessage, TConsumer, TDbContext>>();
    }

    public override void AddTo(IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<InboxConsumer<TMessage, TConsumer, TDbContext>>();

    public override void ConfigureConsumer(IReceiveEndpointConfigurator endpoint, IRegistrationContext context) =>
        endpoint.ConfigureConsumer<InboxConsumer<TMessage, TConsumer, TDbContext>>(context);

    public override async Task<Reception> DeliverAsync(
        IServiceProvider provider, Guid messageId, string body, CancellationToken cancellationToken)
    {
        var message = (TMessage)MessageJson.Read(body, typeof(TMessage));
        await using var scope = provider.CreateAsyncScope();
        var inbox = scope.ServiceProvider.GetRequiredService<Inbox<TMessage, TConsumer, TDbContext>>();
        return await inbox.ReceiveAsync(QueueName, messageId, message, cancellationToken);
    }
}
