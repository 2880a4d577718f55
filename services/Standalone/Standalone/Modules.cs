using Marketplace.Billing;
using Marketplace.Catalog;
using Marketplace.HashrateProxy;
using Marketplace.Identity;
using Marketplace.Ordering;
using Marketplace.ServiceDefaults;

namespace Marketplace.Standalone;

/// <summary>Every service of the marketplace.</summary>
internal static class Modules
{
    public static IServiceModule[] All { get; } =
    [
        new IdentityModule(),
        new CatalogModule(),
        new OrderingModule(),
        new BillingModule(),
        new HashrateProxyModule(),
    ];
}
