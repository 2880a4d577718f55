using Marketplace.Messages.Billing;
using Marketplace.Ordering.Capacity;
using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Database;
using Marketplace.Ordering.Orders;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Marketplace.Ordering.Messaging;

/// <summary>Makes the contract of an order whose money is held; it starts at once.</summary>
internal sealed class OrderPaidConsumer(
    OrderingDbContext db, RigCapacity capacity, TimeProvider time, ILogger<OrderPaidConsumer> logger)
    : IMessageConsumer<OrderPaid>
{
    public async Task ConsumeAsync(OrderPaid message, CancellationToken cancellationToken)
    {
        var orderId = new OrderId(message.OrderId);
        await db.LockOrderAsync(orderId, cancellationToken);
        var order = await db.Orders.SingleOrDefaultAsync(order => order.Id == orderId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("order");
        if (order.Status == OrderStatus.Paid)
        {
            return;
        }

        var now = time.NowInMilliseconds();
        if (order.Status == OrderStatus.Lapsed)
        {
            await ReviveAsync(order, now, cancellationToken);
        }

        order.Pay(message.PaidAt);
        var quote = await db.Quotes.SingleAsync(quote => quote.Id == order.QuoteId, cancellationToken);
        var contract = Contract.Start(order, quote.Destinations, now);
        db.Contracts.Add(contract);
        db.Publish(contract.ToMessage());
    }

    /// <summary>Where the hashrate went to somebody else this throws, and the payment waits for a person.</summary>
    private async Task ReviveAsync(Order order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await capacity.LockAsync(order.RigId, cancellationToken);
        var listing = await db.Listings.SingleAsync(listing => listing.Id == order.ListingId, cancellationToken);
        try
        {
            await capacity.EnsureFreeAsync(listing, order.Terms, now, cancellationToken);
        }
        catch (BusinessRuleException taken)
        {
            logger.LogCritical(
                "Order {OrderId} is paid but had lapsed and cannot be revived: {Code}", order.Id, taken.Code);
            throw;
        }

        order.Revive();
    }
}
