using Marketplace.Billing.Orders;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Settling;

/// <summary>Finds contracts whose interval or end has come, and settles them one by one.</summary>
internal sealed class SettlementLoop(
    IDbContextFactory<BillingDbContext> contexts,
    ContractSettler settler,
    IOptions<SettlementOptions> options,
    TimeProvider time,
    ILogger<SettlementLoop> logger) : ISupervisedLoop
{
    /// <summary>Contracts settled in one turn; the longest due come first.</summary>
    private const int MaxContractsPerTurn = 10_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval);
        do
        {
            await SettleDueAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task SettleDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.Orders
            .Where(order => order.Status == BillingStatus.Held && (order.NextAccrualAt <= now || order.EndAt <= now))
            .OrderBy(order => order.NextAccrualAt)
            .Select(order => order.Id)
            .Take(MaxContractsPerTurn)
            .ToListAsync(cancellationToken);
        foreach (var orderId in due)
        {
            await TrySettleAsync(orderId, cancellationToken);
        }
    }

    /// <summary>A contract whose books and readings disagree must not keep the others from their money.</summary>
    private async Task TrySettleAsync(OrderId orderId, CancellationToken cancellationToken)
    {
        try
        {
            await settler.SettleAsync(orderId, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(failure, "The contract of order {OrderId} could not be settled", orderId);
        }
    }
}
