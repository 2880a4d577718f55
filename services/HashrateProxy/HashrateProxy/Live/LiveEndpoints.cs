using System.Collections.Immutable;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
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
        routes.MapGet("/rigs/{rigId}/live/events", FollowRigAsync)
            .WithName("followRigLive").WithSummary("A rig's live views as server-sent events; for its seller.");
        routes.MapGet("/contracts/{contractId}/live/events", FollowContractAsync)
            .WithName("followContractLive")
            .WithSummary("A contract's live views as server-sent events; for its renter and its seller.");
    }

    private static async Task<Ok<RigLive>> GetRigLiveAsync(
        RigId rigId, Caller caller, LiveAccess access, LiveViews views, CancellationToken cancellationToken)
    {
        await access.ToRigAsync(rigId, caller, cancellationToken);
        return TypedResults.Ok(await views.RigAsync(rigId, cancellationToken));
    }

    private static async Task<Ok<ContractLive>> GetContractLiveAsync(
        ContractId contractId, Caller caller, LiveAccess access, LiveViews views, CancellationToken cancellationToken)
    {
        var shown = await access.ToContractAsync(contractId, caller, cancellationToken);
        var view = await views.ContractAsync(contractId, cancellationToken) ?? throw new BusinessRuleException(
            "contract-not-live", "Nothing of this contract is seen at the moment.", RuleKind.NotFound);
        return TypedResults.Ok(shown(view));
    }

    private static async Task<ServerSentEventsResult<RigLive?>> FollowRigAsync(
        RigId rigId,
        Caller caller,
        LiveAccess access,
        LiveViews views,
        LiveStreams streams,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        await access.ToRigAsync(rigId, caller, cancellationToken);
        return streams.Open<RigLive>(
            async cancelled => await views.RigAsync(rigId, cancelled),
            view => $"{view.SeenAt.ToUnixTimeMilliseconds()}",
            caller,
            context);
    }

    private static async Task<ServerSentEventsResult<ContractLive?>> FollowContractAsync(
        ContractId contractId,
        Caller caller,
        LiveAccess access,
        LiveViews views,
        LiveStreams streams,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var shown = await access.ToContractAsync(contractId, caller, cancellationToken);
        return streams.Open<ContractLive>(
            async cancelled => await views.ContractAsync(contractId, cancelled) is { } view ? shown(view) : null,
            view => $"{view.SeenAt.ToUnixTimeMilliseconds()}-{view.Flow.State}",
            caller,
            context);
    }
}

/// <summary>Who may see what.</summary>
internal sealed class LiveAccess(ProxyDbContext db)
{
    /// <exception cref="BusinessRuleException"><c>rig-not-found</c></exception>
    public async Task ToRigAsync(RigId rigId, Caller caller, CancellationToken cancellationToken)
    {
        if (!await db.Rigs.AnyAsync(rig => rig.Id == rigId && rig.SellerId == caller.OrganisationId, cancellationToken))
        {
            throw BusinessRuleException.NotFound("rig");
        }
    }

    /// <summary>What the caller may see of a view: a seller not the renter's pool.</summary>
    /// <exception cref="BusinessRuleException"><c>contract-not-found</c></exception>
    public async Task<Func<ContractLive, ContractLive>> ToContractAsync(
        ContractId contractId, Caller caller, CancellationToken cancellationToken)
    {
        var route = await db.Routes.AsNoTracking().FirstOrDefaultAsync(
            route => route.ContractId == contractId
                && (route.RenterId == caller.OrganisationId || route.SellerId == caller.OrganisationId),
            cancellationToken) ?? throw BusinessRuleException.NotFound("contract");
        return route.RenterId == caller.OrganisationId
            ? view => view
            : view => view with
            {
                ActiveDestination = "", PoolRefusedSharesByReason = ImmutableDictionary<string, long>.Empty,
            };
    }
}
