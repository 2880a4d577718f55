using System.Text.Json.Serialization;
using Marketplace.ServiceDefaults.Bus;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Health;
using Marketplace.ServiceDefaults.Limits;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.OpenApi;
using Marketplace.ServiceDefaults.Problems;
using Marketplace.ServiceDefaults.Security;
using Marketplace.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.ServiceDefaults;

/// <summary>
/// The two lines of every host: <c>builder.AddMarketplace(modules)</c> and <c>app.UseMarketplace()</c>.
/// </summary>
public static class MarketplaceHost
{
    public static WebApplicationBuilder AddMarketplace(
        this WebApplicationBuilder builder, params IServiceModule[] modules)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var registry = new ServiceRegistry(modules);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(registry);
        services.AddHostedService<TelemetryProviders>();
        services.AddHostedService<DatabaseMigrator>();
        services.AddMessaging();
        services.AddSecurity(registry);
        services.AddProblems();
        services.AddLimits();
        services.AddLiveState();
        services.AddOpenApiDocuments(registry);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        foreach (var module in modules)
        {
            module.AddServices(new ServiceBuilder(module.Name, builder, registry));
        }

        services.AddHealth(registry);
        services.AddBus(builder.Configuration, registry);
        services.AddMessageLoops(registry);
        return builder;
    }

    public static WebApplication UseMarketplace(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApiDocuments();
        foreach (var module in app.Services.GetRequiredService<ServiceRegistry>().Modules)
        {
            var routes = app.MapGroup($"/api/{module.Name}")
                .WithTags(module.Name)
                .WithMetadata(new ServiceEndpoint(module.Name));
            routes.RequireUserByDefault();
            module.MapEndpoints(routes);
            routes.MapDeadLetters(module.Name);
        }

        return app;
    }
}
