using System.Net.Http.Headers;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.ServiceDefaults;

/// <summary>Calls from service to service: the address, the token and the limits, said once.</summary>
internal static class ServiceClients
{
    private const int TimeoutSeconds = 20;
    private const int MaxConnectionsPerServer = 64;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static void Add<TClient>(
        IServiceCollection services, string caller, string service, Func<HttpClient, TClient> create)
        where TClient : class
    {
        var name = $"{caller}-to-{service}";
        services.AddHttpClient(name)
            .ConfigureHttpClient(http => http.Timeout = TimeSpan.FromSeconds(TimeoutSeconds))
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.MaxConnectionsPerServer = MaxConnectionsPerServer;
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
            })
            .AddHttpMessageHandler(provider =>
                new ServiceTokenHandler(provider.GetRequiredService<TokenIssuer>(), caller, service));
        services.AddKeyedTransient(caller, (provider, _) => Create(provider, name, service, create));
        services.TryAddTransient(provider => Create(provider, name, service, create));
    }

    private static TClient Create<TClient>(
        IServiceProvider provider, string name, string service, Func<HttpClient, TClient> create)
    {
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        http.BaseAddress = BaseAddressOf(provider, service);
        return create(http);
    }

    private static Uri BaseAddressOf(IServiceProvider provider, string service)
    {
        var configured = provider.GetRequiredService<IConfiguration>()[$"Services:{service}:BaseUrl"];
        if (!string.IsNullOrEmpty(configured))
        {
            return new Uri(configured.TrimEnd('/') + "/");
        }

        var isHere = provider.GetRequiredService<ServiceRegistry>().Modules.Any(module => module.Name == service);
        var own = provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal));
        return isHere && own is not null
            ? new Uri(Loopback(own) + "/")
            : throw new InvalidOperationException(
                $"Services:{service}:BaseUrl is not set, and the service is not in this process.");
    }

    private static string Loopback(string address) => address.TrimEnd('/')
        .Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
        .Replace("+", "127.0.0.1", StringComparison.Ordinal);

    /// <summary>Every request carries a fresh token: it lives a minute and a retry may come later than that.</summary>
    private sealed class ServiceTokenHandler(TokenIssuer tokens, string caller, string audience) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = tokens.IssueForService(caller, audience);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
