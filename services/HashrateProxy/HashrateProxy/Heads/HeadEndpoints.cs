using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Live;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum.Proof;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Heads;

/// <summary>
/// Heads go to both parties, who keep them: whoever has kept one can tell when he is shown another history later.
/// </summary>
internal static class HeadEndpoints
{
    /// <summary>A day of one node; the minute in which a page would end is told of whole.</summary>
    public const int MaxHeads = 1_440;

    public static void MapHeads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contracts/{contractId}/heads", ListHeadsAsync)
            .WithName("listContractHeads")
            .WithSummary("The signed heads of a contract's minutes, oldest first; for its renter and its seller.");
        routes.MapGet("/contracts/{contractId}/heads/events", FollowHeadsAsync)
            .WithName("followContractHeads")
            .WithSummary("The newest head of each node as server-sent events; for its renter and its seller.");
    }

    private static async Task<Ok<ContractHeads>> ListHeadsAsync(
        ContractId contractId,
        DateTimeOffset? after,
        Caller caller,
        ProxyDbContext db,
        CancellationToken cancellationToken)
    {
        await RequirePartyAsync(contractId, caller, db, cancellationToken);
        var from = (after ?? DateTimeOffset.MinValue).ToUniversalTime();
        var heads = db.Heads.AsNoTracking()
            .Where(head => head.ContractId == contractId && head.MinuteAt > from)
            .OrderBy(head => head.MinuteAt).ThenBy(head => head.NodeName);
        var page = await heads.Take(MaxHeads).ToListAsync(cancellationToken);
        return TypedResults.Ok(new ContractHeads(
        [
            .. page.Concat(await RestOfLastMinuteAsync(heads, page, cancellationToken))
                .Select(head => HeadViews.Of(head.ToSigned())),
        ]));
    }

    /// <summary>The next page begins after the last minute of this one, so that minute's heads are all in it.</summary>
    private static async Task<IEnumerable<StoredHead>> RestOfLastMinuteAsync(
        IQueryable<StoredHead> heads, List<StoredHead> page, CancellationToken cancellationToken) =>
        page is { Count: MaxHeads } && page[^1] is var last
            ? await heads
                .Where(head => head.MinuteAt == last.MinuteAt && head.NodeName.CompareTo(last.NodeName) > 0)
                .ToListAsync(cancellationToken)
            : [];

    private static async Task<ServerSentEventsResult<ContractHeads?>> FollowHeadsAsync(
        ContractId contractId,
        Caller caller,
        ProxyDbContext db,
        ILiveState live,
        LiveStreams streams,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        await RequirePartyAsync(contractId, caller, db, cancellationToken);
        return streams.Open<ContractHeads>(
            async cancelled => NewestOf(await live.GetAllAsync(HeadGroups.Of(contractId), cancelled)),
            view => string.Join(',', view.Heads.Select(head => $"{head.NodeName}-{head.Index}")),
            caller,
            context);
    }

    private static ContractHeads? NewestOf(IReadOnlyDictionary<string, string> textByNode) => textByNode.Count > 0
        ? new ContractHeads(
        [
            .. textByNode.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => SignedHead.TryParse(pair.Value, out var head) ? HeadViews.Of(head) : null)
                .OfType<ContractHead>(),
        ])
        : null;

    private static async Task RequirePartyAsync(
        ContractId contractId, Caller caller, ProxyDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Routes.AnyAsync(
            route => route.ContractId == contractId
                && (route.RenterId == caller.OrganisationId || route.SellerId == caller.OrganisationId),
            cancellationToken))
        {
            throw BusinessRuleException.NotFound("contract");
        }
    }
}
