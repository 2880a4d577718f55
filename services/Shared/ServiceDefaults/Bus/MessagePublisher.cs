using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;
using Marketplace.Messages;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.ServiceDefaults.Bus;

/// <summary>Hands outbox messages to the transport, and says when each of them is done.</summary>
internal sealed class MessagePublisher(
    IBusControl bus, ServiceRegistry registry, Acknowledgements acknowledgements, IOptions<BusOptions> options,
    ILogger<MessagePublisher> logger)
{
    private static readonly ActivitySource Activities = new("Marketplace.Outbox");
    private readonly ConcurrentDictionary<string, Type?> _types = new(StringComparer.Ordinal);

    private bool IsInMemory => options.Value.Transport == BusTransport.InMemory;

    /// <summary>Waits until the transport is connected and its topology declared.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken) =>
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancellationToken);

    /// <param name="whenDone">Called for each message, on any thread, when it need not be sent again.</param>
    /// <returns>The messages that did not leave.</returns>
    public async Task<IReadOnlyList<Guid>> PublishAsync(
        IReadOnlyList<WaitingMessage> batch, Action<Guid> whenDone, CancellationToken cancellationToken)
    {
        var leaving = batch.Select(message => PublishOneAsync(message, whenDone, cancellationToken)).ToList();
        var left = await Task.WhenAll(leaving);
        return [.. batch.Zip(left).Where(pair => !pair.Second).Select(pair => pair.First.Id)];
    }

    private async Task<bool> PublishOneAsync(
        WaitingMessage waiting, Action<Guid> whenDone, CancellationToken cancellationToken)
    {
        try
        {
            var type = TypeOf(waiting.MessageType);
            var queues = IsInMemory ? QueuesHere(type) : [];
            if (queues.Count > 0)
            {
                acknowledgements.Expect(waiting.Id, queues, whenDone);
            }

            await SendAsync(waiting, type, cancellationToken);
            if (queues.Count == 0)
            {
                whenDone(waiting.Id);
            }

            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            acknowledgements.Forget(waiting.Id);
            logger.LogError(
                failure, "Message {MessageId} of {MessageType} did not leave", waiting.Id, waiting.MessageType);
            return false;
        }
    }

    private async Task SendAsync(WaitingMessage waiting, Type type, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("outbox send", ActivityKind.Producer, waiting.TraceParent);
        var isMandatory = !IsInMemory && (MessageRoutes.All.ContainsKey(type) || QueuesHere(type).Count > 0);
        await bus.Publish(
            MessageJson.Read(waiting.Body, type),
            type,
            context =>
            {
                context.MessageId = waiting.Id;
                if (isMandatory)
                {
                    context.Mandatory = true;
                }
            },
            cancellationToken);
    }

    private List<string> QueuesHere(Type type) =>
        [.. registry.Consumers.Where(consumer => consumer.MessageType == type).Select(consumer => consumer.QueueName)];

    private Type TypeOf(string name) => _types.GetOrAdd(name, Find)
        ?? throw new InvalidOperationException($"{name} is not a message this process knows.");

    private static Type? Find(string name) => typeof(IVersioned).Assembly.GetType(name)
        ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name))
            .FirstOrDefault(type => type is not null);
}
