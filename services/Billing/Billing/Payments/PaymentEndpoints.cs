using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Billing.Payments;

internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders/{orderId}").RequireAuthorization(Policies.Renter);
        orders.MapGet("/payment", ShowPayment.HandleAsync)
            .WithName("showPayment")
            .WithSummary("What an order of the caller's costs and whether it is paid.");
        orders.MapPost("/sandbox-payment", PayInSandboxHandler.HandleAsync)
            .WithName("payInSandbox")
            .WithSummary("Pay with a test card and no money; paying again changes nothing.");
    }
}
