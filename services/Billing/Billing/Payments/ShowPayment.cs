using Marketplace.Billing.Orders;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Payments;

internal static class ShowPayment
{
    public static async Task<Ok<PaymentDue>> HandleAsync(
        OrderId orderId,
        Caller caller,
        BillingDbContext context,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var order = await FindAsync(context, orderId, caller, cancellationToken);
        return TypedResults.Ok(ToView(order, time.GetUtcNow()));
    }

    /// <exception cref="BusinessRuleException"><c>order-not-found</c></exception>
    public static async Task<BilledOrder> FindAsync(
        BillingDbContext context, OrderId orderId, Caller caller, CancellationToken cancellationToken) =>
        await context.Orders.AsNoTracking().SingleOrDefaultAsync(
            order => order.Id == orderId && order.RenterId == caller.OrganisationId, cancellationToken)
        ?? throw BusinessRuleException.NotFound("order");

    public static PaymentDue ToView(BilledOrder order, DateTimeOffset now) => new(
        order.Id, order.ContractId, order.Terms.Total, StatusOf(order, now), order.PayBeforeAt, order.PaidAt);

    private static string StatusOf(BilledOrder order, DateTimeOffset now) => order switch
    {
        { Status: not BillingStatus.Due } => "paid",
        _ => order.MayBePaidAt(now) ? "due" : "lapsed",
    };
}
