using System.Numerics;
using Marketplace.Client.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Books;

internal static class ShowTrialBalance
{
    public static async Task<Ok<TrialBalance>> HandleAsync(
        BillingDbContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<Row>(
            $"""
            SELECT account AS account, currency::text AS currency, sum(units) AS units
            FROM postings GROUP BY 1, 2 ORDER BY 1, 2
            """).ToListAsync(cancellationToken);
        return TypedResults.Ok(new TrialBalance(
            [.. rows.Select(row =>
                new AccountBalance(row.Account, new Money((Int128)row.Units, Currency.Of(row.Currency))))],
            time.GetUtcNow()));
    }

    private sealed record Row(string Account, string Currency, BigInteger Units);
}
