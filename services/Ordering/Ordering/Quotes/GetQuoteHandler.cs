using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Quotes;

internal static class GetQuoteHandler
{
    public static async Task<Ok<Client.Ordering.Quote>> HandleAsync(
        QuoteId quoteId, Caller caller, OrderingDbContext db, CancellationToken cancellationToken)
    {
        var quote = await db.Quotes.AsNoTracking().SingleOrDefaultAsync(
            quote => quote.Id == quoteId && quote.RenterId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("quote");
        return TypedResults.Ok(quote.ToView());
    }
}
