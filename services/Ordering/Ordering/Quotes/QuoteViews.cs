namespace Marketplace.Ordering.Quotes;

internal static class QuoteViews
{
    public static Client.Ordering.Quote ToView(this Quote quote) => new(
        quote.Id,
        quote.ListingId,
        quote.Terms.Algorithm,
        Algorithm.Named(quote.Terms.Algorithm).IsSimulated,
        Algorithm.Named(quote.Terms.Algorithm).IsPoolAttested,
        quote.Terms.Hashrate,
        quote.Terms.DurationSeconds,
        quote.Terms.PromisedWork,
        quote.Terms.Price,
        quote.Terms.RenterFee,
        quote.Terms.Vat,
        quote.Terms.Total,
        quote.LockedUntilAt,
        quote.IsOrderable,
        quote.PoolChecks);
}
