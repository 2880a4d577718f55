using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Ordering.Quotes;

internal static class QuoteEndpoints
{
    public static void MapQuotes(this IEndpointRouteBuilder routes)
    {
        var quotes = routes.MapGroup("/quotes").RequireAuthorization(Policies.Renter);
        quotes.MapPost("", AskQuoteHandler.HandleAsync)
            .WithName("askQuote")
            .WithSummary("Check the pools and lock a price for some of a listing's hashrate.");
        quotes.MapGet("{quoteId}", GetQuoteHandler.HandleAsync)
            .WithName("getQuote")
            .WithSummary("A quote of the caller's, with what was seen at each pool.");
    }
}
