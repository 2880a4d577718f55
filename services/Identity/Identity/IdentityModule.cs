using Marketplace.Identity.Accounts;
using Marketplace.Identity.DataProtection;
using Marketplace.Identity.Database;
using Marketplace.Identity.Sessions;
using Marketplace.Identity.Staff;
using Marketplace.ServiceDefaults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity;

/// <summary>Who people are: accounts, sessions, and the tokens that every other service believes.</summary>
public sealed class IdentityModule : IServiceModule
{
    public string Name => "identity";

    public void AddServices(ServiceBuilder service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service
            .AddOptions<IdentityServiceOptions>(IdentityServiceOptions.Section)
            .AddDatabase<AccountDbContext>();
        service.Services.AddAccounts();
        service.Services.AddSessions();
        service.Services.AddKeyRingInDatabase();
        service.Services.AddEntryLimits();
        service.Services.AddHostedService<StaffAtStart>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapAccounts();
        routes.MapSessions();
    }
}
