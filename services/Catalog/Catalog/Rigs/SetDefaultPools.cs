using Marketplace.Catalog.Database;
using Marketplace.Catalog.Measurements;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Rigs;

internal static class SetDefaultPools
{
    public static async Task<Ok<Api.Rig>> HandleAsync(
        RigId rigId,
        Api.SetDefaultPools request,
        Caller caller,
        CatalogDbContext db,
        SecretSealer sealer,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var rig = await db.Rigs
            .SingleOrDefaultAsync(own => own.Id == rigId && own.SellerId == caller.OrganisationId, cancellationToken)
            ?? throw BusinessRuleException.NotFound("rig");
        var typedIn = (request.Pools ?? []).Take(Rig.MaxDefaultPools + 1);
        rig.SetDefaultPools([.. typedIn.Select((pool, priority) => DefaultPool.Create(pool, priority, sealer, time))]);
        db.Publish(rig.ToMessage());
        await db.SaveChangesAsync(cancellationToken);
        var farm = await db.Farms.SingleAsync(own => own.Id == rig.FarmId, cancellationToken);
        var measured = await RigMeasurements.OfAsync(db, [rig.Id], time.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(RigView.Of(rig, farm.Name, measured.GetValueOrDefault(rig.Id)));
    }
}
