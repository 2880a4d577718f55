using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Marketplace.Client.HashrateProxy;
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
    /// <summary>A day of one node.</summary>
    public const int MaxHeads = 1_440;

    private const string EventName = "head";

    public static void MapHeads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/contracts/{contractId}/heads", ListHeadsAsync)
            .WithName("listContractHeads")
            .WithSummary("The signed heads of a contract's minutes, oldest first; for its renter and its seller.");
        routes.MapGet("/contracts/{contractId}/heads/stream", StreamHeadsAsync)
            .WithName("streamContractHeads")
            .WithSummary("New heads as server-sent events, each a line to keep; for renter and seller.");
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
        var stored = await db.Heads.AsNoTracking()
            .Where(head => head.ContractId == contractId && head.MinuteAt > from)
            .OrderBy(head => head.MinuteAt).ThenBy(head => head.NodeName)
            .Take(MaxHeads)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new ContractHeads([.. stored.Select(head => ViewOf(head.ToSigned()))]));
    }

    private static async Task<ServerSentEventsResult<string>> StreamHeadsAsync(
        ContractId contractId, Caller caller, ProxyDbContext db, ILiveState live, CancellationToken cancellationToken)
    {
        await RequirePartyAsync(contractId, caller, db, cancellationToken);
        return TypedResults.ServerSentEvents(ReadAsync(contractId, live, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ContractId contractId, ILiveState live, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var text in live.SubscribeAsync(HeadChannels.Of(contractId), cancellationToken))
        {
            yield return new SseItem<string>(text, EventName);
        }
    }

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

    private static ContractHead ViewOf(SignedHead signed)
    {
        var head = signed.ToHead();
        return new ContractHead(
            head.NodeName,
            head.Index,
            head.MinuteAt,
            head.LeafCount,
            Convert.ToHexStringLower(head.Root),
            head.Verdicts[Stratum.ShareVerdict.Accepted].Work,
            head.ClosedAt,
            head.IsLast,
            signed.ToText());
    }
}
