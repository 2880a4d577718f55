using System.Text.Json;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Messaging;

internal sealed class ContractChangedConsumer(
    ProxyDbContext db, RouteBook book, SplitTable splits, NodeRestorer restorer, IOptions<ProxyOptions> options)
    : IMessageConsumer<ContractChanged>
{
    public async Task ConsumeAsync(ContractChanged message, CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        var id = new ContractId(message.ContractId);
        var stored = await db.Routes.FindAsync([id], cancellationToken);
        if (stored is null)
        {
            db.Routes.Add(new StoredRoute
            {
                ContractId = id,
                RenterId = new OrganisationId(message.RenterId),
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

        var here = await db.NodeRoutes.FindAsync([id, options.Value.NodeName], cancellationToken);
        if (here is not { ReleasedAt: not null })
        {
            book.Apply(message, await splits.DecideFirstAsync(db, message, cancellationToken));
        }
    }
}
