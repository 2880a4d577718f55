using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Farms;

internal static class CreateFarm
{
    public const int MaxFarmsPerSeller = 100;

    public static async Task<Created<Api.Farm>> HandleAsync(
        Api.CreateFarm request,
        Caller caller,
        CatalogDbContext db,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var farm = Farm.Create(caller.OrganisationId, request, time);
        var owned = await db.Farms.CountAsync(other => other.SellerId == caller.OrganisationId, cancellationToken);
        if (owned >= MaxFarmsPerSeller)
        {
            throw new BusinessRuleException("farms-limit-reached", $"A seller has at most {MaxFarmsPerSeller} farms.");
        }

        db.Farms.Add(farm);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicateOf(CatalogDbContext.FarmSlugIndex))
        {
            throw new BusinessRuleException(
                "farm-name-taken",
                $"Stratum logins that start with '{farm.Slug}' are taken; give the farm another name.");
        }

        return TypedResults.Created("/api/catalog/farms", farm.ToView());
    }
}
