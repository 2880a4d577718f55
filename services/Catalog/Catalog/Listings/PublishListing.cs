using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Catalog.Listings;

internal static class PublishListing
{
    public static async Task<Created<Api.Listing>> HandleAsync(
        Api.PublishListing request,
        Caller caller,
        CatalogDbContext db,
        IOptions<DemoWorldOptions> demoWorld,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var rig = await db.Rigs
            .SingleOrDefaultAsync(
                own => own.Id == request.RigId && own.SellerId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("rig");
        demoWorld.Value.Admit(rig.Algorithm);
        var published = await db.Listings.CountAsync(
            other => other.RigId == rig.Id && other.IsPublished, cancellationToken);
        if (published >= ListingLimits.MaxPublishedPerRig)
        {
            throw new BusinessRuleException(
                "listings-limit-reached", $"A rig has at most {ListingLimits.MaxPublishedPerRig} published listings.");
        }

        var listing = Listing.Publish(rig, request, demoWorld.Value.Enabled, time);
        db.Listings.Add(listing);
        db.Publish(listing.ToMessage());
        await db.SaveChangesAsync(cancellationToken);
        var view = await ListingViews.OneAsync(db, listing.Id, time, cancellationToken);
        return TypedResults.Created($"/api/catalog/listings/{listing.Id}", view);
    }
}
