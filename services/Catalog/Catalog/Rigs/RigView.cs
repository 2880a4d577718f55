using Marketplace.Catalog.Measurements;

namespace Marketplace.Catalog.Rigs;

internal static class RigView
{
    public static Api.Rig Of(Rig rig, string farmName, RigMeasurement? measured) => new(
        rig.Id,
        rig.FarmId,
        farmName,
        rig.Name,
        rig.Login,
        rig.Algorithm.Name,
        rig.Algorithm.IsSimulated,
        rig.Algorithm.IsPoolAttested,
        rig.Algorithm.PriceUnit,
        rig.NameplateHashrate,
        measured?.Recent,
        measured?.OverHour,
        [.. rig.DefaultPools.OrderBy(pool => pool.Priority).Select(pool => pool.ToView())],
        rig.CreatedAt);
}
