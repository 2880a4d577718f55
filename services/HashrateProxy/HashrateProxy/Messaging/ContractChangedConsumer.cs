using System.Text.Json;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Messaging;

namespace Marketplace.HashrateProxy.Messaging;

internal sealed class ContractChangedConsumer(ProxyDbContext db, RouteBook book, NodeRestorer restorer)
    : IMessageConsumer<ContractChanged>
{
    public async Task ConsumeAsync(ContractChanged message, CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        var stored = await db.Routes.FindAsync([new ContractId(message.ContractId)], cancellationToken);
        if (stored is null)
        {
            db.Routes.Add(new StoredRoute
            {
                ContractId = new ContractId(message.ContractId),
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

        if (stored is not { ReleasedAt: not null })
        {
            book.Apply(message);
        }
    }
}
