using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Journal;

internal sealed record RigMeasuredFact(RigMeasured Measured) : IJournalFact
{
    public Task<bool> TryApplyAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        db.Publish(Measured);
        return Task.FromResult(true);
    }
}
