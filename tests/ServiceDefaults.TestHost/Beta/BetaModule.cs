using Marketplace.ServiceDefaults.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.ServiceDefaults.TestHost.Beta;

public sealed class BetaModule : IServiceModule
{
    public string Name => "beta";

    public void AddServices(ServiceBuilder service)
    {
        ArgumentNullException.ThrowIfNull(service);
        service.Services.TryAddSingleton<Faults>();
        service.AddDatabase<BetaDbContext>()
            .AddConsumer<NumberSaid, NumberSaidConsumer>()
            .AddConsumer<CounterMoved, CounterMovedConsumer>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/caller", (Caller caller) => TypedResults.Ok(caller.Service))
            .RequireAuthorization(Policies.Service);
        routes.MapGet("/anybody", (Caller caller) => TypedResults.Ok(caller.Service))
            .RequireAuthorization(Policies.UserOrService);
    }
}
