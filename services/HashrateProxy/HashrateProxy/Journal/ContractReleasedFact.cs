using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Journal;

/// <summary>The last worker left and the last minute is sealed.</summary>
internal sealed record ContractReleasedFact(
    ContractId ContractId, string NodeName, long LastSequence, DateTimeOffset ReleasedAt) : IJournalFact
{
    public async Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var route = await db.FindNodeRouteAsync(ContractId, NodeName, cancellationToken);
        if (route is { ReleasedAt: null })
        {
            route.ReleasedAt = ReleasedAt;
            db.Publish(new ContractNodeClosed(ContractId.Value, NodeName, LastSequence, ReleasedAt));
        }

        return route is not null;
    }
}
