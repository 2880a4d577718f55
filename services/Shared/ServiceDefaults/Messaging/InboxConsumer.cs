using MassTransit;
using Marketplace.Messages;
using Marketplace.ServiceDefaults.Database;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>The one consumer the bus knows: it takes every message through the inbox.</summary>
internal sealed class InboxConsumer<TMessage, TConsumer, TDbContext>(
    Inbox<TMessage, TConsumer, TDbContext> inbox,
    ServiceRegistry registry,
    Acknowledgements acknowledgements,
    DeadLetters deadLetters,
    ParkedMessages parkedMessages,
    ILogger<TConsumer> logger) : IConsumer<TMessage>
    where TMessage : class
    where TConsumer : class, IMessageConsumer<TMessage>
    where TDbContext : ServiceDbContext
{
    public async Task Consume(ConsumeContext<TMessage> context)
    {
        var registration = registry.ConsumerOf(context.ReceiveContext.InputAddress);
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id.");
        var reception = await inbox.ReceiveAsync(
            registration.QueueName, messageId, context.Message, context.CancellationToken);
        if (reception == Reception.Conflicting)
        {
            logger.LogCritical(
                "Message {MessageId} came again with other content to {Queue}", messageId, registration.QueueName);
            var body = MessageJson.Write(context.Message);
            await deadLetters.AddAsync(
                registration, messageId, body, DeadLetters.OtherContent, context.CancellationToken);
        }

        acknowledgements.Acknowledge(registration.QueueName, messageId);
        if (context.Message is IVersioned versioned && reception != Reception.Parked)
        {
            await parkedMessages.ApplyAfterAsync(registration, versioned.AggregateId, context.CancellationToken);
        }
    }
}
