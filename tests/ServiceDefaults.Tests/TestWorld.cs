using System.Net.Http.Headers;
using Marketplace.Primitives;
using Marketplace.ServiceDefaults.Security;
using Marketplace.ServiceDefaults.TestHost;
using Marketplace.ServiceDefaults.TestHost.Alpha;
using Marketplace.ServiceDefaults.TestHost.Beta;
using Marketplace.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

/// <summary>Alpha and beta in this process, over the in-memory bus, with databases and keys of their own.</summary>
public class TestWorld : IAsyncLifetime
{
    private static readonly string[] Issuers = ["identity", "alpha", "beta", "proxy.node-1", KeyFiles.SecretsKeyName];
    private readonly PostgresFixture _postgres = new();
    private WebApplication? _app;

    public Dictionary<string, string?> Settings { get; } = [];

    public IServiceProvider Services => _app!.Services;

    public HttpClient Http { get; } = new();

    public Faults Faults => Services.GetRequiredService<Faults>();

    public KeyRing Keys => Services.GetRequiredService<KeyRing>();

    public string KeysDirectory { get; } = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;

    public virtual async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(KeysDirectory, Issuers);
        Settings["ConnectionStrings:alpha"] = await _postgres.CreateDatabaseAsync();
        Settings["ConnectionStrings:beta"] = await _postgres.CreateDatabaseAsync();
        Settings["Keys:Directory"] = KeysDirectory;
        Settings["Bus:RetryIntervalsMilliseconds:0"] = "10";
        Settings["Bus:RetryIntervalsMilliseconds:1"] = "50";
        Settings["Speaker:Count"] = "0";
        await StartAsync();
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Information);
        builder.AddMarketplace(new AlphaModule(), new BetaModule());
        _app = builder.Build();
        _app.UseMarketplace();
        await _app.StartAsync();
        Http.BaseAddress ??= new Uri(_app.Urls.First());
    }

    internal RecordingLog Log { get; } = new();

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    public async Task<T> InAlphaAsync<T>(Func<AlphaDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<AlphaDbContext>());
    }

    public async Task<T> InBetaAsync<T>(Func<BetaDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<BetaDbContext>());
    }

    public Task SayAsync(params object[] messages) => InAlphaAsync(async alpha =>
    {
        foreach (var message in messages)
        {
            alpha.Publish(message);
        }

        return await alpha.SaveChangesAsync();
    });

    public string UserToken(params string[] roles) =>
        Services.GetRequiredService<TokenIssuer>().IssueForUser(new UserGrant(
        TypedId.New<AccountId>(TimeProvider.System), TypedId.New<OrganisationId>(TimeProvider.System), roles, [],
        TimeProvider.System.GetUtcNow())).Text;

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) =>
        SendAsync(HttpMethod.Get, path, token);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(KeysDirectory, recursive: true);
        GC.SuppressFinalize(this);
    }
}
