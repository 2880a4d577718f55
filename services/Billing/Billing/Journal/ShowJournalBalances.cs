using System.Data;
using Marketplace.Billing.Books;
using Marketplace.Client.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

internal static class ShowJournalBalances
{
    /// <summary>Both sums come from one snapshot, so that nothing is posted between them.</summary>
    public static async Task<Ok<JournalBalances>> HandleAsync(
        long throughBlock, BillingDbContext context, CancellationToken cancellationToken)
    {
        await using var snapshot = await context.Database.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellationToken);
        return TypedResults.Ok(await ReadAsync(context, throughBlock, cancellationToken));
    }

    public static async Task<JournalBalances> ReadAsync(
        BillingDbContext context, long throughBlock, CancellationToken cancellationToken)
    {
        var block = await context.Blocks.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Number == throughBlock, cancellationToken)
            ?? throw BusinessRuleException.NotFound("block");
        var last = block.FirstPosition + block.EntryCount - 1;
        var accounts = await AccountSums.ReadAsync(
            context,
            $"""
            SELECT posting.account, posting.currency::text, sum(posting.units) AS units
            FROM postings posting JOIN journal_places place USING (entry_id)
            WHERE place.position <= {last} GROUP BY 1, 2 ORDER BY 1, 2
            """,
            cancellationToken);
        var guarded = await AccountSums.ReadAsync(
            context,
            $"""
            SELECT kept.account, kept.currency::text, kept.units - coalesce(later.units, 0) AS units
            FROM guarded_balances kept
            LEFT JOIN (
                SELECT posting.account, posting.currency, sum(posting.units) AS units
                FROM postings posting LEFT JOIN journal_places place USING (entry_id)
                WHERE place.position IS NULL OR place.position > {last} GROUP BY 1, 2
            ) later USING (account, currency)
            ORDER BY 1, 2
            """,
            cancellationToken);
        return new JournalBalances(throughBlock, accounts, guarded);
    }
}
