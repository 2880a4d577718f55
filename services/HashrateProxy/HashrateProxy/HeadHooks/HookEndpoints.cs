using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>Hooks belong to an organisation: they get the heads of all contracts that it is a party of.</summary>
internal static class HookEndpoints
{
    public const int MaxHooksPerOrganisation = 5;

    public static void MapHeadHooks(this IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup("/head-hooks");
        hooks.MapPost("", CreateAsync)
            .WithName("createHeadHook")
            .WithSummary("Has each signed head of one's contracts sent to an address; shows the secret once.");
        hooks.MapGet("", ListAsync)
            .WithName("listHeadHooks")
            .WithSummary("One's hooks and how their deliveries go, oldest first.");
        hooks.MapDelete("/{hookId}", DeleteAsync)
            .WithName("deleteHeadHook")
            .WithSummary("Sends nothing more there, also not what waits.");
    }

    private static async Task<Created<CreatedHeadHook>> CreateAsync(
        CreateHeadHook request,
        Caller caller,
        ProxyDbContext db,
        DialPolicy policy,
        SecretSealer sealer,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (url, secret) = (HookUrl.Parse(request.Url, policy), HookSignature.NewSecret());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({$"{caller.OrganisationId}"}, 0))", cancellationToken);
        if (await db.Hooks.CountAsync(hook => hook.OrganisationId == caller.OrganisationId, cancellationToken)
            >= MaxHooksPerOrganisation)
        {
            throw new BusinessRuleException(
                "hooks-too-many", $"An organisation has at most {MaxHooksPerOrganisation} hooks; delete one first.");
        }

        var now = time.GetUtcNow();
        var hook = db.Hooks.Add(new StoredHook
        {
            Id = TypedId.New<HeadHookId>(time),
            OrganisationId = caller.OrganisationId,
            Url = url.AbsoluteUri,
            SealedSecret = sealer.Seal(secret),
            CreatedAt = now,
            DueAt = now,
        }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created((string?)null, new CreatedHeadHook(ViewOf(hook, waitingHeads: 0), secret));
    }

    private static async Task<Ok<HeadHookList>> ListAsync(
        Caller caller, ProxyDbContext db, CancellationToken cancellationToken)
    {
        var hooks = await db.Hooks.AsNoTracking()
            .Where(hook => hook.OrganisationId == caller.OrganisationId)
            .OrderBy(hook => hook.Id)
            .Select(hook => new { Hook = hook, Waiting = db.WaitingHeads.Count(head => head.HookId == hook.Id) })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new HeadHookList([.. hooks.Select(one => ViewOf(one.Hook, one.Waiting))]));
    }

    private static async Task<NoContent> DeleteAsync(
        HeadHookId hookId, Caller caller, ProxyDbContext db, CancellationToken cancellationToken) =>
        await db.Hooks.Where(hook => hook.Id == hookId && hook.OrganisationId == caller.OrganisationId)
            .ExecuteDeleteAsync(cancellationToken) > 0
            ? TypedResults.NoContent()
            : throw BusinessRuleException.NotFound("hook");

    private static HeadHook ViewOf(StoredHook hook, int waitingHeads) => new(
        hook.Id, hook.Url, hook.CreatedAt, waitingHeads, hook.LastDeliveredAt, hook.FailingSinceAt, hook.LastError,
        hook.SwitchedOffAt);
}
