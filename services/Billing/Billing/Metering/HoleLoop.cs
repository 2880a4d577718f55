using Marketplace.Billing.Books;
using Marketplace.Billing.Settling;
using Marketplace.Messages.Billing;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Billing.Metering;

/// <summary>Asks a node for readings that stay away; again after each delay, for as long as they are missing.</summary>
internal sealed class HoleLoop(
    IDbContextFactory<BillingDbContext> contexts,
    BillingTransactions transactions,
    IOptions<SettlementOptions> options,
    TimeProvider time) : ISupervisedLoop
{
    /// <summary>Nodes asked in one turn.</summary>
    private const int MaxNodesPerTurn = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval);
        do
        {
            foreach (var name in await WithHolesAsync(cancellationToken))
            {
                await transactions.RunAsync((context, token) => AskAsync(context, name, token), cancellationToken);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<List<string>> WithHolesAsync(CancellationToken cancellationToken)
    {
        var seenBefore = time.GetUtcNow() - options.Value.HoleDelay;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Nodes
            .Where(node => node.HoleSinceAt <= seenBefore)
            .OrderBy(node => node.HoleSinceAt)
            .Select(node => node.Name)
            .Take(MaxNodesPerTurn)
            .ToListAsync(cancellationToken);
    }

    private async Task AskAsync(BillingDbContext context, string name, CancellationToken cancellationToken)
    {
        var node = await context.Nodes.FromSql($"SELECT * FROM metering_nodes WHERE name = {name} FOR UPDATE")
            .SingleAsync(cancellationToken);
        if (!node.HasHole)
        {
            return;
        }

        var nextHere = await context.Readings
            .Where(reading => reading.NodeName == name && reading.Sequence > node.ContiguousThrough)
            .MinAsync(reading => reading.Sequence, cancellationToken);
        context.Publish(new MeterReadingsRequested(name, node.ContiguousThrough + 1, nextHere - 1));
        node.Ask(time.GetUtcNow());
    }
}
