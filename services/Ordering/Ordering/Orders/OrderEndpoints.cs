using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Ordering.Orders;

internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").RequireAuthorization(Policies.Renter);
        orders.MapPost("", PlaceOrderHandler.HandleAsync)
            .WithName("placeOrder")
            .WithSummary("Reserve the hashrate of a quote until it is paid; the same quote gives the same order.");
        orders.MapGet("{orderId}", GetOrderHandler.HandleAsync)
            .WithName("getOrder")
            .WithSummary("An order of the caller's.");
    }
}
