using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Listings;

internal static class WithdrawListing
{
    public static async Task<NoContent> HandleAsync(
        ListingId listingId, Caller caller, CatalogDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var listing = await db.Listings
            .SingleOrDefaultAsync(
                own => own.Id == listingId && own.SellerId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("listing");
        var rig = await db.Rigs.SingleAsync(own => own.Id == listing.RigId, cancellationToken);
        if (listing.Withdraw(rig, time.GetUtcNow()))
        {
            db.Publish(listing.ToMessage());
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
