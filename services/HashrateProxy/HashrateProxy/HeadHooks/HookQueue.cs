using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>
/// What waits for delivery, in the database that the nodes share: whichever of them takes a hook has it to itself until
/// it is done or the lease is over.
/// </summary>
internal sealed class HookQueue(IDbContextFactory<ProxyDbContext> contexts, TimeProvider time)
{
    public const int MaxHeadsPerDelivery = 100;

    /// <summary>Longer than a delivery may take; after a crash another node goes on then.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>The next hook that is due, put off for as long as the lease; null when there is none.</summary>
    public async Task<StoredHook?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await db.Hooks
            .FromSql(
                $"""
                UPDATE head_hook SET due_at = {now + Lease} WHERE id = (
                    SELECT id FROM head_hook WHERE switched_off_at IS NULL AND due_at <= {now}
                        AND EXISTS (SELECT 1 FROM waiting_head WHERE hook_id = head_hook.id)
                    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return taken.SingleOrDefault();
    }

    /// <summary>The oldest heads that wait for a hook, of each node in their order.</summary>
    public async Task<IReadOnlyList<StoredHead>> WaitingAsync(HeadHookId hookId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WaitingHeads.AsNoTracking()
            .Where(waiting => waiting.HookId == hookId)
            .Join(
                db.Heads,
                waiting => new { waiting.ContractId, waiting.NodeName, waiting.Index },
                head => new { head.ContractId, head.NodeName, head.Index },
                (_, head) => head)
            .OrderBy(head => head.MinuteAt).ThenBy(head => head.NodeName).ThenBy(head => head.ContractId)
            .Take(MaxHeadsPerDelivery)
            .ToListAsync(cancellationToken);
    }

    public async Task SucceedAsync(
        HeadHookId hookId, IReadOnlyList<StoredHead> delivered, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(db, hookId, cancellationToken) is { } hook)
        {
            hook.Succeed(time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            await RemoveAsync(db, hookId, delivered, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <returns>True when the hook is switched off now; what waits for it is forgotten then.</returns>
    public async Task<bool> FailAsync(HeadHookId hookId, string error, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(db, hookId, cancellationToken) is not { } hook)
        {
            return false;
        }

        var isOff = hook.Fail(error, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        if (isOff)
        {
            await db.WaitingHeads.Where(waiting => waiting.HookId == hookId).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return isOff;
    }

    public static HeadDelivery DeliveryOf(IReadOnlyList<StoredHead> heads) => new(
    [
        .. heads.GroupBy(head => head.ContractId).Select(contract => new DeliveredHeads(
            contract.Key, [.. contract.Select(head => HeadViews.Of(head.ToSigned()))])),
    ]);

    /// <summary>Null when its owner deleted it meanwhile.</summary>
    private static Task<StoredHook?> LockAsync(
        ProxyDbContext db, HeadHookId hookId, CancellationToken cancellationToken) =>
        db.Hooks.FromSql($"SELECT * FROM head_hook WHERE id = {hookId.Value} FOR UPDATE")
            .AsAsyncEnumerable().SingleOrDefaultAsync(cancellationToken).AsTask();

    private static Task<int> RemoveAsync(
        ProxyDbContext db, HeadHookId hookId, IReadOnlyList<StoredHead> heads, CancellationToken cancellationToken)
    {
        var contracts = heads.Select(head => head.ContractId.Value).ToArray();
        var nodes = heads.Select(head => head.NodeName).ToArray();
        var indexes = heads.Select(head => head.Index).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM waiting_head
            USING unnest({contracts}, {nodes}, {indexes}) AS told (contract_id, node_name, index)
            WHERE hook_id = {hookId.Value} AND waiting_head.contract_id = told.contract_id
                AND waiting_head.node_name = told.node_name AND waiting_head.index = told.index
            """,
            cancellationToken);
    }
}
