using Marketplace.Billing.Books;
using Marketplace.Billing.Documents;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Metering;
using Marketplace.Billing.Orders;
using Marketplace.Billing.Refunds;
using Marketplace.Billing.Settlement;
using Marketplace.Messages.Billing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Settling;

/// <summary>
/// Turns the readings of one contract into entries: at intervals while it runs, and for good at its end.
/// </summary>
internal sealed partial class ContractSettler(
    BillingTransactions transactions,
    LedgerStore ledger,
    MeteringNodes nodes,
    IOptions<SettlementOptions> options,
    TimeProvider time,
    ILogger<ContractSettler> logger)
{
    /// <summary>How soon a contract without new readings is looked at again; they come by the minute.</summary>
    private static readonly TimeSpan ReadingInterval = TimeSpan.FromMinutes(1);

    public Task SettleAsync(OrderId orderId, CancellationToken cancellationToken) => transactions.RunAsync(
        async (context, token) =>
        {
            var order = await context.Orders
                .FromSql($"SELECT *, xmin FROM orders WHERE id = {orderId.Value} FOR UPDATE").SingleAsync(token);
            if (order.Status != BillingStatus.Held)
            {
                return;
            }

            var now = time.GetUtcNow();
            if (order.EndAt <= now && await AreNodesDoneAsync(context, order, now, token))
            {
                await CloseAsync(context, order, now, token);
            }
            else if (order.NextAccrualAt <= now)
            {
                await AccrueAsync(context, order, now, token);
            }
        },
        cancellationToken);

    private async Task AccrueAsync(
        BillingDbContext context, BilledOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var proved = await ProvedWork.ReadAsync(context, order.ContractId, cancellationToken);
        var interval = options.Value.AccrualInterval;
        if (proved.ThroughAt is not { } throughAt || throughAt <= order.AccruedThroughAt)
        {
            order.WaitForReadings(now + (interval < ReadingInterval ? interval : ReadingInterval));
            return;
        }

        var key = EntryKey.Accrual(order.ContractId, throughAt);
        var sums = await ContractSums.ReadAsync(context, order, cancellationToken);
        var due = Accrual.Due(order.Terms, proved.Work, sums.Accrued);
        if (!due.IsZero)
        {
            await ledger.PostAsync(
                context, [ContractEntries.Accrual(order.Parties, due, key, proved.Work, throughAt)], cancellationToken);
        }

        order.AccrueThrough(throughAt, now + interval);
    }

    private async Task CloseAsync(
        BillingDbContext context, BilledOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (contract, terms) = (order.ContractId, order.Terms);
        var proved = await ProvedWork.ReadAsync(context, contract, cancellationToken);
        var sums = await ContractSums.ReadAsync(context, order, cancellationToken);
        var due = Accrual.LastDue(terms, proved.Work, sums.Accrued);
        var (earned, refused) = (sums.Accrued + due, Accrual.Refused(terms, proved.Work));
        var closing = Closing.Of(terms, earned, refused);
        if (closing.HeldUntilNow != sums.Held - due.FromHold)
        {
            throw new InvalidOperationException(
                $"Contract {contract} holds {sums.Held}, which its life does not explain.");
        }

        var creditNote = await DocumentIssuer.IssueCreditNoteAsync(context, order, closing, now, cancellationToken);
        List<Entry> entries = [];
        if (!due.IsZero)
        {
            var throughAt = proved.ThroughAt ?? now;
            var key = throughAt > order.AccruedThroughAt || order.AccruedThroughAt is null
                ? EntryKey.Accrual(contract, throughAt)
                : EntryKey.LastAccrual(contract);
            entries.Add(ContractEntries.Accrual(order.Parties, due, key, proved.Work, throughAt));
        }

        if (!refused.SellerNet.IsZero)
        {
            entries.Add(ContractEntries.Refused(order.Parties, refused, proved.Work, now));
        }

        if (ContractEntries.Close(order.Parties, closing, creditNote, now) is { } close)
        {
            entries.Add(close);
        }

        await ledger.PostAsync(context, entries, cancellationToken);
        if (creditNote is not null)
        {
            context.Refunds.Add(Refund.Ask(order.Parties, order.ProviderPaymentId!, closing.TotalReturned, now));
        }

        order.Settle(proved.ThroughAt, now);
        context.Publish(new ContractSettled(
            contract.Value, proved.Work.Proved.Hashes, terms.PromisedWork.Hashes,
            earned.Price.Units, closing.TotalReturned.Units, order.Currency.Code, now));
    }

    /// <summary>
    /// Every node has said that it is done, and what it numbered until then is here; or one stays silent for too long.
    /// </summary>
    private async Task<bool> AreNodesDoneAsync(
        BillingDbContext context, BilledOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = await context.NodeClosings
            .Where(closing => closing.ContractId == order.ContractId)
            .Where(closing => closing.LastSequence == 0 || context.Nodes.Any(node =>
                node.Name == closing.NodeName && node.ContiguousThrough >= closing.LastSequence))
            .Select(closing => closing.NodeName)
            .ToListAsync(cancellationToken);
        var silent = nodes.Names.Except(done).ToList();
        if (done.Count == 0 || silent.Count == 0 || now < order.EndAt + options.Value.NodeSilence)
        {
            return done.Count > 0 && silent.Count == 0;
        }

        LogSilent(order.ContractId, string.Join(", ", silent));
        return true;
    }

    [LoggerMessage(LogLevel.Critical, "Contract {ContractId} is closed without what nodes {NodeNames} never told")]
    private partial void LogSilent(ContractId contractId, string nodeNames);
}
