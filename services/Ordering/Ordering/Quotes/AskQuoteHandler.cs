using Marketplace.Client.Ordering;
using Marketplace.Ordering.Capacity;
using Marketplace.Ordering.Database;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Listings;
using Marketplace.Ordering.Pricing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Ordering.Quotes;

/// <summary>
/// What can be refused without dialling a pool is refused first; no transaction is open while pools are dialled.
/// </summary>
internal sealed class AskQuoteHandler(
    OrderingDbContext db,
    RigCapacity capacity,
    PoolChecks checks,
    DestinationSealer sealer,
    IOptions<OrderingOptions> options,
    IOptions<PricingOptions> pricing,
    TimeProvider time)
{
    public static async Task<Created<Client.Ordering.Quote>> HandleAsync(
        AskQuote request, Caller caller, AskQuoteHandler handler, CancellationToken cancellationToken)
    {
        var quote = await handler.AskAsync(request, caller.OrganisationId, cancellationToken);
        return TypedResults.Created($"/api/{OrderingModule.ServiceName}/quotes/{quote.Id}", quote.ToView());
    }

    private async Task<Quote> AskAsync(AskQuote request, OrganisationId renterId, CancellationToken cancellationToken)
    {
        var pools = DestinationRules.Checked(request.Destinations);
        var listing = await db.Listings
            .SingleOrDefaultAsync(listing => listing.Id == request.ListingId && listing.IsPublished, cancellationToken)
            ?? throw BusinessRuleException.NotFound("listing");
        listing.EnsureSells(request.Hashrate, request.DurationSeconds, options.Value.SmallestShareBasisPoints);
        var algorithm = Algorithm.Named(listing.Algorithm);
        var askedAt = time.NowInMilliseconds();
        var wanted = new WantedHashrate(
            listing.Title, algorithm, request.Hashrate, request.DurationSeconds, listing.UnitPrice);
        var terms = Pricer.TermsOf(wanted, pricing.Value.At(askedAt));
        await capacity.EnsureFreeAsync(listing, terms, askedAt, cancellationToken);

        var seen = await checks.CheckAsync(pools, algorithm, request.Hashrate, listing.RigId, cancellationToken);
        var lockedAt = time.NowInMilliseconds();
        var quote = Quote.Lock(
            listing, renterId, terms, sealer.Seal(pools, lockedAt), seen, lockedAt, options.Value.QuoteLock);
        db.Quotes.Add(quote);
        await db.SaveChangesAsync(cancellationToken);
        return quote;
    }
}
