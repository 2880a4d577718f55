using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Live;

internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rigs/{rigId}/live", GetRigLiveAsync)
            .WithName("getRigLive").WithSummary("A rig as the proxy sees it now; for its seller.");
        routes.MapGet("/contracts/{contractId}/live", GetContractLiveAsync)
            .WithName("getContractLive")
            .WithSummary("A contract as it is being delivered; for its renter and its seller.");
    }

    private static async Task<Ok<RigLive>> GetRigLiveAsync(
        RigId rigId,
        Caller caller,
        ProxyDbContext db,
        ILiveState live,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!await db.Rigs.AnyAsync(rig => rig.Id == rigId && rig.SellerId == caller.OrganisationId, cancellationToken))
        {
            throw BusinessRuleException.NotFound("rig");
        }

        var views = await ReadAsync<RigLive>(live, LiveGroups.Rig(rigId), cancellationToken);
        var now = time.GetUtcNow();
        var nothing = new MeasuredHashrate(Hashrate.Zero, now, now);
        return TypedResults.Ok(views.Count switch
        {
            0 => new RigLive(rigId, 0, nothing, nothing, [], now),
            1 => views[0],
            _ => new RigLive(
                rigId,
                views.Sum(view => view.WorkerCount),
                LiveSums.Of(views.Select(view => view.OneMinute)),
                LiveSums.Of(views.Select(view => view.FiveMinutes)),
                [.. views.SelectMany(view => view.Workers)],
                views.Max(view => view.SeenAt)),
        });
    }

    private static async Task<Ok<ContractLive>> GetContractLiveAsync(
        ContractId contractId, Caller caller, ProxyDbContext db, ILiveState live, CancellationToken cancellationToken)
    {
        var route = await db.Routes.AsNoTracking().FirstOrDefaultAsync(
            route => route.ContractId == contractId
                && (route.RenterId == caller.OrganisationId || route.SellerId == caller.OrganisationId),
            cancellationToken) ?? throw BusinessRuleException.NotFound("contract");
        var views = await ReadAsync<ContractLive>(live, LiveGroups.Contract(contractId), cancellationToken);
        if (views.Count == 0)
        {
            throw new BusinessRuleException(
                "contract-not-live", "Nothing of this contract is seen at the moment.", RuleKind.NotFound);
        }

        var view = LiveSums.Of(views);
        return TypedResults.Ok(route.RenterId == caller.OrganisationId ? view : view with { ActiveDestination = "" });
    }

    private static async Task<List<TView>> ReadAsync<TView>(
        ILiveState live, string group, CancellationToken cancellationToken)
    {
        var byNode = await live.GetAllAsync(group, cancellationToken);
        return [.. byNode.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => JsonSerializer.Deserialize<TView>(pair.Value, ApiChannel.Json)!)];
    }
}
