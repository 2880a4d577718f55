using System.Numerics;
using Marketplace.Client.Billing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Books;

/// <summary>Reads what the database sums up by account.</summary>
internal static class AccountSums
{
    /// <param name="context">Where.</param>
    /// <param name="query">Selects <c>account</c>, <c>currency</c> as text, and <c>units</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<List<AccountBalance>> ReadAsync(
        BillingDbContext context, FormattableString query, CancellationToken cancellationToken)
    {
        var rows = await context.Database.SqlQuery<Row>(query).ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
            new AccountBalance(row.Account, new Money((Int128)row.Units, Currency.Of(row.Currency))));
    }

    private sealed record Row(string Account, string Currency, BigInteger Units);
}
