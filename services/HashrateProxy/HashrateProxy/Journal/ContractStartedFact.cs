using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Journal;

internal sealed record ContractStartedFact(ContractId ContractId, string NodeName, DateTimeOffset FirstJobAt)
    : IJournalFact
{
    public async Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var route = await db.FindNodeRouteAsync(ContractId, NodeName, cancellationToken);
        if (route is { FirstJobAt: null })
        {
            route.FirstJobAt = FirstJobAt;
            db.Publish(new ContractStarted(ContractId.Value, NodeName, FirstJobAt));
        }

        return route is not null;
    }
}
