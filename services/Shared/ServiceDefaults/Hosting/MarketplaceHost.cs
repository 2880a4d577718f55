using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.ServiceDefaults;

/// <summary>The two lines of every host: <c>builder.AddMarketplace(modules)</c> and <c>app.UseMarketplace()</c>.</summary>
public static class MarketplaceHost
{
    public static WebApplicationBuilder AddMarketplace(
        this WebApplicationBuilder builder, params IServiceModule[] modules)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var registry = new ServiceRegistry(modules);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<OutboxSignalInterceptor>();
        builder.Services.AddOptions<KeyOptions>().BindConfiguration("Keys").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<KeyRing>(provider =>
            new KeyRing(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<KeyOptions>>()));
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<PayloadSigner>();
        builder.Services.AddSingleton<PayloadVerifier>();
        builder.Services.AddSingleton<SecretSealer>();
        builder.Services.AddSingleton<SecretOpener>();
        builder.Services.AddHostedService<DatabaseMigrator>();
        foreach (var module in modules)
        {
            module.AddServices(new ServiceBuilder(module.Name, builder, registry));
        }

        return builder;
    }

    public static WebApplication UseMarketplace(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (var module in app.Services.GetRequiredService<ServiceRegistry>().Modules)
        {
            module.MapEndpoints(app.MapGroup($"/api/{module.Name}").WithTags(module.Name));
        }

        return app;
    }
}
