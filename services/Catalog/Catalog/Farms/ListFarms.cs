using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Farms;

internal static class ListFarms
{
    public static async Task<Ok<IReadOnlyList<Api.Farm>>> HandleAsync(
        Caller caller, CatalogDbContext db, CancellationToken cancellationToken)
    {
        var farms = await db.Farms.AsNoTracking()
            .Where(farm => farm.SellerId == caller.OrganisationId)
            .OrderByDescending(farm => farm.CreatedAt)
            .Take(CreateFarm.MaxFarmsPerSeller)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<Api.Farm>>([.. farms.Select(farm => farm.ToView())]);
    }
}
