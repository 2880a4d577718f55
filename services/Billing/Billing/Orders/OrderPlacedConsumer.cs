using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.Billing.Orders;

/// <summary>An order waits for its payment from here on.</summary>
internal sealed class OrderPlacedConsumer(BillingDbContext context) : IMessageConsumer<OrderPlaced>
{
    public Task ConsumeAsync(OrderPlaced message, CancellationToken cancellationToken)
    {
        context.Orders.Add(BilledOrder.Place(message));
        return Task.CompletedTask;
    }
}
