using System.Text.Json;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.Catalog;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.HashrateProxy.Messaging;

internal sealed class RigChangedConsumer(ProxyDbContext db, RouteBook book, NodeRestorer restorer)
    : IMessageConsumer<RigChanged>
{
    public async Task ConsumeAsync(RigChanged message, CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        var stored = await db.Rigs.FindAsync([new RigId(message.RigId)], cancellationToken);
        if (stored is null)
        {
            db.Rigs.Add(new StoredRig
            {
                Id = new RigId(message.RigId),
                SellerId = new OrganisationId(message.SellerId),
                Desired = JsonSerializer.Serialize(message),
                Version = message.Version,
            });
        }
        else if (message.Version > stored.Version)
        {
            stored.Desired = JsonSerializer.Serialize(message);
            stored.Version = message.Version;
        }

        book.Apply(message);
    }
}
