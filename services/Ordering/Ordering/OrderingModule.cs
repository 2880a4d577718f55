using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.Messages.Billing;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Ordering.Capacity;
using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Database;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Messaging;
using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Pricing;
using Marketplace.Ordering.Quotes;
using Marketplace.ServiceDefaults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Ordering;

/// <summary>Quotes, orders, contracts and their destinations.</summary>
public sealed class OrderingModule : IServiceModule
{
    internal const string ServiceName = "ordering";

    private const string ProxyService = "proxy";

    public string Name => ServiceName;

    public void AddServices(ServiceBuilder service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service
            .AddOptions<OrderingOptions>(OrderingOptions.Section)
            .AddOptions<PricingOptions>(PricingOptions.Section)
            .AddDatabase<OrderingDbContext>()
            .AddServiceClient(ProxyService, http => new ProxyClient(new ApiChannel(http)))
            .AddConsumer<ListingChanged, ListingChangedConsumer>()
            .AddConsumer<OrderPaid, OrderPaidConsumer>()
            .AddConsumer<ContractStarted, ContractStartedConsumer>()
            .AddConsumer<ContractNodeClosed, ContractNodeClosedConsumer>()
            .AddConsumer<ContractSettled, ContractSettledConsumer>()
            .AddLoop<LapseLoop>();
        service.Services.AddScoped<RigCapacity>();
        service.Services.AddScoped<PoolChecks>();
        service.Services.AddScoped<AskQuoteHandler>();
        service.Services.AddScoped<PlaceOrderHandler>();
        service.Services.AddScoped<DestinationSealer>();
        service.Services.AddScoped<ChangeDestinationsHandler>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        routes.MapQuotes();
        routes.MapOrders();
        routes.MapContracts();
    }
}
