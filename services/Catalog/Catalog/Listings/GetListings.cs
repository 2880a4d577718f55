using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Catalog.Listings;

internal static class GetListings
{
    public static async Task<Ok<IReadOnlyList<Api.Listing>>> OwnAsync(
        Caller caller, CatalogDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var own = db.Listings
            .Where(listing => listing.SellerId == caller.OrganisationId)
            .OrderByDescending(listing => listing.PublishedAt)
            .Take(ListingLimits.MaxOwnListings);
        return TypedResults.Ok(await ListingViews.OfAsync(db, own, time, cancellationToken));
    }

    public static async Task<Ok<Api.Listing>> OneAsync(
        ListingId listingId, CatalogDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ListingViews.OneAsync(db, listingId, time, cancellationToken));
}
