using Marketplace.Catalog.Database;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Marketplace.Catalog.Rigs;

internal static class CreateRig
{
    public const int MaxRigsPerSeller = 1_000;

    public static async Task<Created<Api.Rig>> HandleAsync(
        FarmId farmId,
        Api.CreateRig request,
        Caller caller,
        CatalogDbContext db,
        IOptions<DemoWorldOptions> demoWorld,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var farm = await db.Farms
            .SingleOrDefaultAsync(own => own.Id == farmId && own.SellerId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("farm");
        var algorithm = demoWorld.Value.Admit(Algorithm.Named(request.Algorithm));
        var rig = Rig.Create(farm, request, algorithm, time);
        var owned = await db.Rigs.CountAsync(other => other.SellerId == caller.OrganisationId, cancellationToken);
        if (owned >= MaxRigsPerSeller)
        {
            throw new BusinessRuleException("rigs-limit-reached", $"A seller has at most {MaxRigsPerSeller} rigs.");
        }

        db.Rigs.Add(rig);
        db.Publish(rig.ToMessage());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicateOf(CatalogDbContext.RigLoginIndex))
        {
            throw new BusinessRuleException(
                "rig-name-taken", $"There is a rig '{rig.Login}' already; give this one another name.");
        }

        return TypedResults.Created($"/api/catalog/rigs/{rig.Id}", RigView.Of(rig, farm.Name, measured: null));
    }
}
