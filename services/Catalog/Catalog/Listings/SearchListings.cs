using Marketplace.Catalog.Database;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Listings;

/// <summary>
/// Pages by key, not by offset: a listing published or withdrawn between two pages neither repeats nor hides another.
/// </summary>
internal static class SearchListings
{
    public static async Task<Ok<Api.ListingPage>> HandleAsync(
        string? algorithm,
        string? cursor,
        int? limit,
        CatalogDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var pageSize = limit ?? ListingLimits.DefaultPageSize;
        if (pageSize is < 1 or > ListingLimits.MaxPageSize)
        {
            throw BusinessRuleException.Invalid(
                "limit-invalid", $"A page has 1 to {ListingLimits.MaxPageSize} listings.");
        }

        var found = db.Listings.Where(listing => listing.IsPublished);
        if (!string.IsNullOrEmpty(algorithm))
        {
            var wanted = Algorithm.Named(algorithm);
            found = found.Where(listing => listing.Algorithm == wanted);
        }

        if (!string.IsNullOrEmpty(cursor))
        {
            var (price, id) = ListingCursor.Parse(cursor);
            found = found.Where(listing => EF.Functions.GreaterThan(
                ValueTuple.Create(listing.PriceMicrosPerUnitDay, listing.Id), ValueTuple.Create(price, id)));
        }

        var page = await ListingViews.OfAsync(
            db,
            found.OrderBy(listing => listing.PriceMicrosPerUnitDay).ThenBy(listing => listing.Id).Take(pageSize + 1),
            time,
            cancellationToken);
        return TypedResults.Ok(page.Count > pageSize
            ? new Api.ListingPage([.. page.Take(pageSize)], ListingCursor.Of(page[pageSize - 1]).ToString())
            : new Api.ListingPage(page, NextCursor: null));
    }
}
