namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>
/// The effect of a message on a service. It runs inside the transaction that writes its inbox row, so it happens once;
/// changes of the injected context are saved for it. What it throws is retried, then dead-lettered.
/// </summary>
public interface IMessageConsumer<in TMessage>
    where TMessage : class
{
    Task ConsumeAsync(TMessage message, CancellationToken cancellationToken);
}
