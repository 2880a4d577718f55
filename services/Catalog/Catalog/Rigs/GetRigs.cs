using Marketplace.Catalog.Database;
using Marketplace.Catalog.Measurements;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Rigs;

internal static class GetRigs
{
    public static async Task<Ok<IReadOnlyList<Api.Rig>>> ListAsync(
        Caller caller, CatalogDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ViewsAsync(db, Own(db, caller), time, cancellationToken));

    public static async Task<Ok<Api.Rig>> OneAsync(
        RigId rigId, Caller caller, CatalogDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var views = await ViewsAsync(db, Own(db, caller).Where(rig => rig.Id == rigId), time, cancellationToken);
        return views is [var rig] ? TypedResults.Ok(rig) : throw BusinessRuleException.NotFound("rig");
    }

    private static IQueryable<Rig> Own(CatalogDbContext db, Caller caller) =>
        db.Rigs.AsNoTracking().Where(rig => rig.SellerId == caller.OrganisationId);

    private static async Task<IReadOnlyList<Api.Rig>> ViewsAsync(
        CatalogDbContext db, IQueryable<Rig> rigs, TimeProvider time, CancellationToken cancellationToken)
    {
        var rows = await rigs
            .Join(db.Farms, rig => rig.FarmId, farm => farm.Id, (rig, farm) => new { Rig = rig, FarmName = farm.Name })
            .OrderByDescending(row => row.Rig.CreatedAt)
            .Take(CreateRig.MaxRigsPerSeller)
            .ToListAsync(cancellationToken);
        var measured = await RigMeasurements.OfAsync(
            db, [.. rows.Select(row => row.Rig.Id)], time.GetUtcNow(), cancellationToken);
        return [.. rows.Select(row => RigView.Of(row.Rig, row.FarmName, measured.GetValueOrDefault(row.Rig.Id)))];
    }
}
