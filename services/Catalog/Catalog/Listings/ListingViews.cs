using Marketplace.Catalog.Database;
using Marketplace.Catalog.Measurements;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Listings;

/// <summary>Listings as they are shown: with the place, the nameplate and the measured hashrate of their rig.</summary>
internal static class ListingViews
{
    public static async Task<Api.Listing> OneAsync(
        CatalogDbContext db, ListingId listingId, TimeProvider time, CancellationToken cancellationToken)
    {
        var views = await OfAsync(db, db.Listings.Where(listing => listing.Id == listingId), time, cancellationToken);
        return views is [var listing] ? listing : throw BusinessRuleException.NotFound("listing");
    }

    /// <summary>In the order of the query.</summary>
    public static async Task<IReadOnlyList<Api.Listing>> OfAsync(
        CatalogDbContext db, IQueryable<Listing> query, TimeProvider time, CancellationToken cancellationToken)
    {
        var listings = await query.AsNoTracking().ToListAsync(cancellationToken);
        RigId[] rigIds = [.. listings.Select(listing => listing.RigId).Distinct()];
        var rigs = await db.Rigs.AsNoTracking()
            .Where(rig => rigIds.Contains(rig.Id))
            .Join(
                db.Farms,
                rig => rig.FarmId,
                farm => farm.Id,
                (rig, farm) => new RigFacts(rig.Id, rig.NameplateHashrate, farm.Location))
            .ToDictionaryAsync(facts => facts.RigId, cancellationToken);
        var measured = await RigMeasurements.OfAsync(db, rigIds, time.GetUtcNow(), cancellationToken);
        return [.. listings.Select(listing =>
            View(listing, rigs[listing.RigId], measured.GetValueOrDefault(listing.RigId)))];
    }

    private static Api.Listing View(Listing listing, RigFacts rig, RigMeasurement? measured) => new(
        listing.Id,
        listing.RigId,
        listing.SellerId,
        listing.Title,
        rig.Location,
        listing.Algorithm.Name,
        listing.Algorithm.IsSimulated,
        listing.Algorithm.IsPoolAttested,
        listing.OfferedHashrate,
        rig.NameplateHashrate,
        measured?.Recent,
        measured?.OverHour,
        listing.PriceMicrosPerUnitDay,
        listing.Algorithm.PriceUnit,
        listing.Currency,
        listing.ShortestDurationSeconds,
        listing.LongestDurationSeconds,
        listing.IsPublished,
        listing.PublishedAt);

    private sealed record RigFacts(RigId RigId, Hashrate NameplateHashrate, string Location);
}
