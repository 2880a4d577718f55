using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marketplace.Catalog.Database;
using Marketplace.Client;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Catalog.Tests;

/// <summary>The catalog in this process, on a port of its own, beside doubles of its neighbours.</summary>
public class CatalogWorld : IAsyncLifetime
{
    private static readonly string[] KeyNames = ["identity", "catalog", "proxy", "ordering", KeyFiles.SecretsKeyName];
    private readonly PostgresFixture _postgres = new();
    private readonly string _keys = Directory.CreateTempSubdirectory("marketplace-keys-").FullName;
    private readonly List<HttpClient> _clients = [];
    private WebApplication? _app;

    public IServiceProvider Services => _app!.Services;

    /// <summary>What it is told apart by: a world without the demo has real sellers' limits.</summary>
    protected virtual bool IsDemo => false;

    internal Heard Heard => Services.GetRequiredService<Heard>();

    public async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(_keys, KeyNames);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:catalog"] = await _postgres.CreateDatabaseAsync(),
            ["ConnectionStrings:proxy"] = await _postgres.CreateDatabaseAsync(),
            ["ConnectionStrings:ordering"] = await _postgres.CreateDatabaseAsync(),
            ["Keys:Directory"] = _keys,
            ["DemoWorld:Enabled"] = IsDemo.ToString(),
            ["Bus:RetryIntervalsMilliseconds:0"] = "10",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddMarketplace(new CatalogModule(), new ProxyDouble(), new OrderingDouble());
        _app = builder.Build();
        _app.UseMarketplace();
        await _app.StartAsync();
    }

    /// <summary>A seller nobody has met.</summary>
    public CatalogClient NewSeller() => NewCaller(Policies.Seller);

    public CatalogClient NewCaller(params string[] roles)
    {
        var grant = new UserGrant(
            TypedId.New<AccountId>(TimeProvider.System),
            TypedId.New<OrganisationId>(TimeProvider.System),
            roles,
            Scopes: [],
            TimeProvider.System.GetUtcNow());
        return Client(Services.GetRequiredService<TokenIssuer>().IssueForUser(grant).Text);
    }

    public CatalogClient Visitor() => Client(token: null);

    public async Task<JsonElement> GetJsonAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        return await http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
    }

    /// <summary>A farm's name nobody used.</summary>
    public static string FreshName() => $"farm {Guid.CreateVersion7():N}"[..24] + Random.Shared.Next(1000, 9999);

    public async Task<Rig> NewRigAsync(
        CatalogClient seller, ulong terahashesPerSecond = 1_000, bool withPools = true, string? algorithm = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var farm = await seller.CreateFarmAsync(new CreateFarm(FreshName(), "Iceland", "hydro"), cancellationToken);
        var rig = await seller.CreateRigAsync(
            farm.Id,
            new CreateRig(
                "Rack-1",
                algorithm ?? (IsDemo ? "sha256d-demo" : "sha256d"),
                Hashrate.FromTerahashes(terahashesPerSecond)),
            cancellationToken);
        return withPools
            ? await seller.SetDefaultPoolsAsync(rig.Id, Pools("stratum+tcp://pool.example:3333"), cancellationToken)
            : rig;
    }

    public static SetDefaultPools Pools(params string[] urls) =>
        new([.. urls.Select(url => new Pool(url, "bc1qseller.rig", "a secret word"))]);

    internal async Task<T> InDatabaseAsync<T>(Func<CatalogDbContext, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CatalogDbContext>());
    }

    /// <summary>Says something to the catalog over the bus, as the proxy.</summary>
    public async Task SayAsync(params object[] messages)
    {
        await using var scope = Services.CreateAsyncScope();
        var proxy = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        foreach (var message in messages)
        {
            proxy.Publish(message);
        }

        await proxy.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        Directory.Delete(_keys, recursive: true);
        GC.SuppressFinalize(this);
    }

    private CatalogClient Client(string? token)
    {
        var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        http.DefaultRequestHeaders.Authorization =
            token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(http);
        return new CatalogClient(new ApiChannel(http));
    }
}

/// <summary>The same with the demo world switched on.</summary>
public sealed class DemoCatalogWorld : CatalogWorld
{
    protected override bool IsDemo => true;
}
