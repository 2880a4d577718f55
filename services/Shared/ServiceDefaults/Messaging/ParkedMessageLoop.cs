using Marketplace.Messages;
using Marketplace.ServiceDefaults.Loops;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>Takes up parked messages that a crash, or a failure of their own, has left behind.</summary>
internal sealed class ParkedMessageLoop(ServiceRegistry registry, ParkedMessages parkedMessages) : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            foreach (var consumer in registry.Consumers.Where(IsVersioned))
            {
                await parkedMessages.ApplyAfterAsync(consumer, aggregateId: null, cancellationToken);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static bool IsVersioned(ConsumerRegistration consumer) =>
        consumer.MessageType.IsAssignableTo(typeof(IVersioned));
}
