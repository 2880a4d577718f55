using Marketplace.Billing.Books;
using Marketplace.Billing.Orders;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Payments;

/// <summary>
/// The intent is committed, then the provider is called, then the outcome is recorded: a crash between is a state.
/// </summary>
internal sealed class PayInSandboxHandler(
    BillingDbContext context,
    BillingTransactions transactions,
    IPaymentProvider provider,
    ChargeRecorder recorder,
    IOptions<PaymentOptions> payments,
    IOptions<DemoWorldOptions> demoWorld,
    TimeProvider time)
{
    private const string PayingCard = "4242424242424242";
    private const string DecliningCard = "4000000000000002";

    public static async Task<Ok<PaymentDue>> HandleAsync(
        OrderId orderId,
        PayInSandbox request,
        Caller caller,
        PayInSandboxHandler handler,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await handler.PayAsync(orderId, request, caller, cancellationToken));

    private async Task<PaymentDue> PayAsync(
        OrderId orderId, PayInSandbox request, Caller caller, CancellationToken cancellationToken)
    {
        if (!payments.Value.Sandbox && !demoWorld.Value.Enabled)
        {
            throw BusinessRuleException.Forbidden(
                "sandbox-closed", "Orders are paid with money here, not with test cards.");
        }

        var source = SourceOf(request.CardNumber);
        var order = await ShowPayment.FindAsync(context, orderId, caller, cancellationToken);
        if (order.Status != BillingStatus.Due)
        {
            return ShowPayment.ToView(order, time.GetUtcNow());
        }

        if (await IntendAsync(order.Id, source, cancellationToken) is not { } attempt)
        {
            return await ViewAsync(orderId, caller, cancellationToken);
        }

        var outcome = await provider.ChargeAsync(
            new ChargeRequest(attempt.IdempotencyKey, order.Terms.Total, attempt.Source), cancellationToken);
        var status = await recorder.RecordAsync(attempt.Id, outcome, cancellationToken);
        return status switch
        {
            AttemptStatus.Declined => throw new BusinessRuleException(
                "card-declined", "The card was declined. Nothing was charged; try another one."),
            AttemptStatus.Returned when !await IsPaidAsync(order.Id, cancellationToken) => throw BilledOrder.Lapsed(),
            _ => await ViewAsync(orderId, caller, cancellationToken),
        };
    }

    private async Task<PaymentDue> ViewAsync(OrderId orderId, Caller caller, CancellationToken cancellationToken) =>
        ShowPayment.ToView(await ShowPayment.FindAsync(context, orderId, caller, cancellationToken), time.GetUtcNow());

    /// <summary>
    /// One attempt of an order is open at a time: two requests at once share it, and its key. Null when the order was
    /// paid meanwhile.
    /// </summary>
    private Task<ChargeAttempt?> IntendAsync(OrderId orderId, string source, CancellationToken cancellationToken) =>
        transactions.RunAsync<ChargeAttempt?>(
            async (context, token) =>
            {
                var order = await context.Orders
                    .FromSql($"SELECT *, xmin FROM orders WHERE id = {orderId.Value} FOR UPDATE").SingleAsync(token);
                if (order.Status != BillingStatus.Due)
                {
                    return null;
                }

                var open = await context.ChargeAttempts.AsNoTracking().SingleOrDefaultAsync(
                    one => one.OrderId == orderId && one.Status == AttemptStatus.Intended, token);
                if (open is not null)
                {
                    return open;
                }

                var now = time.GetUtcNow();
                if (!order.MayBePaidAt(now))
                {
                    throw BilledOrder.Lapsed();
                }

                var attempt = new ChargeAttempt
                {
                    Id = TypedId.New<PaymentId>(time),
                    OrderId = orderId,
                    Source = source,
                    MadeAt = now,
                };
                context.ChargeAttempts.Add(attempt);
                return attempt;
            },
            cancellationToken);

    private Task<bool> IsPaidAsync(OrderId orderId, CancellationToken cancellationToken) =>
        context.Orders.AnyAsync(order => order.Id == orderId && order.Status != BillingStatus.Due, cancellationToken);

    private static string SourceOf(string cardNumber) =>
        cardNumber.Replace(" ", "", StringComparison.Ordinal) switch
        {
            PayingCard => SandboxPaymentProvider.PayingSource,
            DecliningCard => SandboxPaymentProvider.DecliningSource,
            _ => throw BusinessRuleException.Invalid(
                "card-not-for-tests",
                $"The sandbox takes {PayingCard}, which pays, and {DecliningCard}, which is declined."),
        };
}
