using Marketplace.Billing.Books;
using Marketplace.Billing.Documents;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Refunds;
using Marketplace.Billing.Settlement;
using Marketplace.Messages.Billing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Payments;

/// <summary>
/// Records what became of a charge, once: money, hold, invoice and the word that the order is paid are one transaction.
/// Money that came too late, or twice, is booked and goes back; it never revives an order.
/// </summary>
internal sealed class ChargeRecorder(BillingTransactions transactions, LedgerStore ledger, TimeProvider time)
{
    public Task<AttemptStatus> RecordAsync(
        PaymentId attemptId, ChargeOutcome? outcome, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (context, token) =>
            {
                var attempt = await context.ChargeAttempts.SingleAsync(one => one.Id == attemptId, token);
                if (!attempt.IsOpen)
                {
                    return attempt.Status;
                }

                var now = time.GetUtcNow();
                var status = outcome switch
                {
                    null => AttemptStatus.Abandoned,
                    { ProviderPaymentId: { } payment, Transaction: { } transaction } =>
                        await ApplyAsync(context, attempt, payment, transaction, now, token),
                    _ => AttemptStatus.Declined,
                };
                attempt.Record(status, outcome?.ProviderPaymentId, now);
                return status;
            },
            cancellationToken);

    private async Task<AttemptStatus> ApplyAsync(
        BillingDbContext context,
        ChargeAttempt attempt,
        string providerPaymentId,
        BalanceTransaction transaction,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var order = await context.Orders.SingleAsync(billed => billed.Id == attempt.OrderId, cancellationToken);
        List<Entry> entries =
        [
            ContractEntries.Payment(order.Parties, providerPaymentId, transaction.Gross, now),
            transaction.OfCharge(order.ContractId),
        ];
        if (transaction.AvailableAt <= now)
        {
            entries.Add(transaction.OfAvailability(order.ContractId));
        }

        if (!order.MayBePaidAt(now) || transaction.Gross != order.Terms.Total)
        {
            context.Refunds.Add(Refund.Ask(order.Parties, providerPaymentId, transaction.Gross, now));
            await ledger.PostAsync(context, entries, cancellationToken);
            return AttemptStatus.Returned;
        }

        order.Pay(providerPaymentId, now);
        var invoiceNumber = await DocumentIssuer.IssueInvoiceAsync(context, order, now, cancellationToken);
        entries.Add(ContractEntries.Order(order.Parties, order.Terms, invoiceNumber, now));
        await ledger.PostAsync(context, entries, cancellationToken);
        context.Publish(new OrderPaid(order.Id.Value, order.ContractId.Value, now));
        return AttemptStatus.Paid;
    }
}
