
namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>
/// Takes a message to a consumer of this process through its inbox, past the bus: for requeued dead letters, and for
/// tests that speak as another service.
/// </summary>
public sealed class MessageDelivery
{
    private readonly IServiceProvider _provider;
    private readonly ServiceRegistry _registry;
    private readonly ParkedMessages _parked;

    internal MessageDelivery(IServiceProvider provider, ServiceRegistry registry, ParkedMessages parked) =>
        (_provider, _registry, _parked) = (provider, registry, parked);

    /// <summary>Throws what the consumer throws, at once and without retries.</summary>
    /// <param name="service">The consuming service.</param>
    /// <param name="messageId">The same id applies once.</param>
    /// <exception cref="InvalidOperationException">
    /// The service does not consume it, or the id came with other content.
    /// </exception>
    public async Task DeliverAsync<TMessage>(
        string service, Guid messageId, TMessage message, CancellationToken cancellationToken)
        where TMessage : class
    {
        var consumer = _registry.ConsumerOf(ConsumerRegistration.QueueNameOf(service, typeof(TMessage)));
        if (await DeliverAsync(consumer, messageId, MessageJson.Write(message), cancellationToken)
            == Reception.Conflicting)
        {
            throw new InvalidOperationException($"Message {messageId} came with other content.");
        }
    }

    internal async Task<Reception> DeliverAsync(
        ConsumerRegistration consumer, Guid messageId, string body, CancellationToken cancellationToken)
    {
        var reception = await consumer.DeliverAsync(_provider, messageId, body, cancellationToken);
        await _parked.ApplyAfterAsync(consumer, aggregateId: null, cancellationToken);
        return reception;
    }
}
