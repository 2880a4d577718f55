using Marketplace.Client.Billing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Billing.Books;

internal static class ShowTrialBalance
{
    public static async Task<Ok<TrialBalance>> HandleAsync(
        BillingDbContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var accounts = await AccountSums.ReadAsync(
            context,
            $"""
            SELECT account AS account, currency::text AS currency, sum(units) AS units
            FROM postings GROUP BY 1, 2 ORDER BY 1, 2
            """,
            cancellationToken);
        return TypedResults.Ok(new TrialBalance(accounts, time.GetUtcNow()));
    }
}
