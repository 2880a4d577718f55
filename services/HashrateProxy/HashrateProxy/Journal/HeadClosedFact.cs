using Marketplace.HashrateProxy.Persistence;
using Marketplace.Stratum.Proof;

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
        }

        return true;
    }
}
