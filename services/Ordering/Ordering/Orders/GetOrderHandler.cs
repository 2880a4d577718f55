using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Orders;

internal static class GetOrderHandler
{
    public static async Task<Ok<Client.Ordering.Order>> HandleAsync(
        OrderId orderId, Caller caller, OrderingDbContext db, CancellationToken cancellationToken)
    {
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(
            order => order.Id == orderId && order.RenterId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("order");
        return TypedResults.Ok(order.ToView());
    }
}
