using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Catalog.Listings;

internal static class ListingEndpoints
{
    public static void MapListings(this IEndpointRouteBuilder routes)
    {
        var listings = routes.MapGroup("/listings");
        listings.MapPost("/", PublishListing.HandleAsync).RequireAuthorization(Policies.Seller)
            .WithName("publishListing").WithSummary("Offer hashrate of a rig");
        listings.MapGet("/", SearchListings.HandleAsync).AllowAnonymous()
            .WithName("searchListings").WithSummary("What is for sale, cheapest first");
        listings.MapGet("/mine", GetListings.OwnAsync).RequireAuthorization(Policies.Seller)
            .WithName("listOwnListings").WithSummary("The caller's listings, newest first, withdrawn ones too");
        listings.MapGet("/{listingId}", GetListings.OneAsync).AllowAnonymous()
            .WithName("getListing").WithSummary("One listing, also when it was withdrawn");
        listings.MapDelete("/{listingId}", WithdrawListing.HandleAsync).RequireAuthorization(Policies.Seller)
            .WithName("withdrawListing").WithSummary("Take a listing off sale; running contracts go on");
    }
}
