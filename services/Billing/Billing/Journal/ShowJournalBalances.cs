using System.Data;
using System.Numerics;
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
        var accounts = await context.Database.SqlQuery<Row>(
            $"""
            SELECT posting.account, posting.currency::text, sum(posting.units) AS units
            FROM postings posting JOIN journal_places place USING (entry_id)
            WHERE place.position <= {last} GROUP BY 1, 2 ORDER BY 1, 2
            """).ToListAsync(cancellationToken);
        var guarded = await context.Database.SqlQuery<Row>(
            $"""
            SELECT kept.account, kept.currency::text, kept.units - coalesce(later.units, 0) AS units
            FROM guarded_balances kept
            LEFT JOIN (
                SELECT posting.account, posting.currency, sum(posting.units) AS units
                FROM postings posting LEFT JOIN journal_places place USING (entry_id)
                WHERE place.position IS NULL OR place.position > {last} GROUP BY 1, 2
            ) later USING (account, currency)
            ORDER BY 1, 2
            """).ToListAsync(cancellationToken);
        return new JournalBalances(throughBlock, ToViews(accounts), ToViews(guarded));
    }

    private static List<AccountBalance> ToViews(List<Row> rows) => rows.ConvertAll(row =>
        new AccountBalance(row.Account, new Money((Int128)row.Units, Currency.Of(row.Currency))));

    private sealed record Row(string Account, string Currency, BigInteger Units);
}
