using Marketplace.HashrateProxy.HeadHooks;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Journal;

/// <summary>A head that rests in the share log may now be read.</summary>
internal sealed record HeadClosedFact(SignedHead Signed, MinuteHead Head) : IJournalFact
{
    public async Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Heads.FindAsync([Head.ContractId, Head.NodeName, Head.Index], cancellationToken) is null)
        {
            db.Heads.Add(new StoredHead
            {
                ContractId = Head.ContractId,
                NodeName = Head.NodeName,
                Index = Head.Index,
                MinuteAt = Head.MinuteAt,
                IsLast = Head.IsLast,
                Body = Signed.Body,
                Signature = Signed.Signature,
            });
            await AddForHooksAsync(db, cancellationToken);
        }

        return true;
    }

    /// <summary>In the transaction that makes it readable, so that no hook misses one.</summary>
    private async Task AddForHooksAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var hooks = await db.Hooks
            .Where(hook => hook.SwitchedOffAt == null && db.Routes.Any(route => route.ContractId == Head.ContractId
                && (route.RenterId == hook.OrganisationId || route.SellerId == hook.OrganisationId)))
            .Select(hook => hook.Id)
            .ToListAsync(cancellationToken);
        db.WaitingHeads.AddRange(hooks.Select(hookId => new WaitingHead
        {
            HookId = hookId,
            ContractId = Head.ContractId,
            NodeName = Head.NodeName,
            Index = Head.Index,
        }));
    }
}
