using Marketplace.Catalog.Database;
using Marketplace.Catalog.Farms;
using Marketplace.Catalog.Listings;
using Marketplace.Catalog.Measurements;
using Marketplace.Catalog.Messaging;
using Marketplace.Catalog.Rigs;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Catalog;

/// <summary>What sellers have and what they offer: farms, rigs and listings, with their measured hashrate.</summary>
public sealed class CatalogModule : IServiceModule
{
    public string Name => "catalog";

    public void AddServices(ServiceBuilder service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service
            .AddOptions<DemoWorldOptions>(DemoWorldOptions.Section)
            .AddDatabase<CatalogDbContext>()
            .AddConsumer<RigMeasured, RigMeasuredConsumer>()
            .AddLoop<RigMinuteRetention>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapFarms();
        routes.MapRigs();
        routes.MapListings();
    }
}
