using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Payments;
using Marketplace.Billing.Settlement;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Refunds;

/// <summary>
/// Sends money back to the payment it came from. A refund that may have been sent before is looked up first.
/// </summary>
internal sealed class RefundSender(
    BillingTransactions transactions, LedgerStore ledger, IPaymentProvider provider, TimeProvider time)
{
    public async Task SendAsync(Refund refund, CancellationToken cancellationToken)
    {
        var outcome = await provider.FindRefundAsync(refund.IdempotencyKey, cancellationToken)
            ?? await provider.RefundAsync(
                new RefundRequest(refund.IdempotencyKey, refund.ProviderPaymentId, refund.Amount), cancellationToken);
        await transactions.RunAsync(
            (context, token) => RecordAsync(context, refund.Id, outcome, token), cancellationToken);
    }

    private async Task RecordAsync(
        BillingDbContext context, RefundId refundId, RefundOutcome outcome, CancellationToken cancellationToken)
    {
        var refund = await context.Refunds.SingleAsync(one => one.Id == refundId, cancellationToken);
        if (refund.Status != RefundStatus.Intended)
        {
            return;
        }

        var now = time.GetUtcNow();
        Entry[] entries =
        [
            ContractEntries.Refund(refund.Parties, outcome.ProviderRefundId, refund.Amount, now),
            outcome.Transaction.OfRefund(refund.ContractId),
        ];
        await ledger.PostAsync(context, entries, cancellationToken);
        refund.Return(outcome.ProviderRefundId, now);
    }
}
