using Marketplace.Client.Ordering;
using Marketplace.Ordering.Capacity;
using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Orders;

internal sealed class PlaceOrderHandler(OrderingDbContext db, RigCapacity capacity, TimeProvider time)
{
    public static async Task<Results<Created<Client.Ordering.Order>, Ok<Client.Ordering.Order>>> HandleAsync(
        PlaceOrder request, Caller caller, PlaceOrderHandler handler, CancellationToken cancellationToken)
    {
        var (order, isNew) = await handler.PlaceAsync(request.QuoteId, caller.OrganisationId, cancellationToken);
        return isNew
            ? TypedResults.Created($"/api/{OrderingModule.ServiceName}/orders/{order.Id}", order.ToView())
            : TypedResults.Ok(order.ToView());
    }

    /// <summary>All orders of a rig take turns, so that two never count on the same free hashrate.</summary>
    private async Task<(Order Order, bool IsNew)> PlaceAsync(
        QuoteId quoteId, OrganisationId renterId, CancellationToken cancellationToken)
    {
        var quote = await db.Quotes
            .SingleOrDefaultAsync(quote => quote.Id == quoteId && quote.RenterId == renterId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("quote");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await capacity.LockAsync(quote.RigId, cancellationToken);
        var placed = await db.Orders.SingleOrDefaultAsync(order => order.QuoteId == quoteId, cancellationToken);
        if (placed is not null)
        {
            return (placed, false);
        }

        var now = time.NowInMilliseconds();
        var order = Order.Place(quote, now);
        var listing = await db.Listings.SingleAsync(listing => listing.Id == quote.ListingId, cancellationToken);
        await capacity.EnsureFreeAsync(listing, order.Terms, now, cancellationToken);
        db.Orders.Add(order);
        db.Publish(order.ToMessage());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (order, true);
    }
}
