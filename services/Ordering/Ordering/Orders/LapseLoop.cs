using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Orders;

/// <summary>Frees the hashrate of orders that were not paid in time.</summary>
internal sealed class LapseLoop(
    IDbContextFactory<OrderingDbContext> contexts,
    IOptions<OrderingOptions> options,
    TimeProvider time,
    ILogger<LapseLoop> logger) : ISupervisedLoop
{
    /// <summary>Orders that lapse in one transaction.</summary>
    private const int BatchSize = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.LapseCheckMilliseconds), time);
        do
        {
            int lapsed;
            do
            {
                lapsed = await LapseDueAsync(cancellationToken);
            }
            while (lapsed == BatchSize);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>An order that is being paid right now is skipped: its payment decides.</summary>
    private async Task<int> LapseDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.NowInMilliseconds();
        var dueAt = now - options.Value.LapseGrace;
        var locked = await db.Database.SqlQuery<Guid>(
            $"""
            SELECT id FROM orders WHERE status = 'Placed' AND pay_before_at <= {dueAt}
            ORDER BY pay_before_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellationToken);
        var ids = locked.ConvertAll(OrderId.From);
        var due = await db.Orders.Where(order => ids.Contains(order.Id)).ToListAsync(cancellationToken);
        foreach (var order in due)
        {
            order.Lapse(now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (due.Count > 0)
        {
            logger.LogInformation("{Count} unpaid orders lapsed", due.Count);
        }

        return due.Count;
    }
}
