using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.Messages;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Tests;

/// <summary>
/// The proxy in this process on ports of its own, with simulated pools and a farm that really hashes.
/// </summary>
public class ProxyWorld : IAsyncLifetime
{
    private static readonly string[] KeyNames =
    [
        "identity", "proxy", "billing", "ordering", "catalog", "proxy.node-1", "proxy.node-2", KeyFiles.SecretsKeyName,
    ];

    /// <summary>What is due within seconds may take longer where everything runs at once.</summary>
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(120);

    private readonly PostgresFixture _postgres = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-proxy-").FullName;
    private readonly List<IAsyncDisposable> _simulated = [];
    private readonly Dictionary<Guid, long> _versions = [];
    private readonly Dictionary<string, string> _databases = [];
    private readonly ConcurrentDictionary<RigId, string> _algorithms = [];
    private readonly Heard _heard = new();
    private WebApplication? _app;
    private int _stratumPort;

    public IServiceProvider Services => _app!.Services;

    internal Heard Heard => _heard;

    public OrganisationId SellerId { get; } = TypedId.New<OrganisationId>(TimeProvider.System);

    public OrganisationId RenterId { get; } = TypedId.New<OrganisationId>(TimeProvider.System);

    public string ShareLogDirectory => Path.Combine(_directory, "share-log");

    /// <summary>Where the share log is written; a test may fill it up.</summary>
    internal FillableDisk Disk { get; } = new();

    public string NodeDirectory => Path.Combine(ShareLogDirectory, "node-1");

    /// <summary>The same one after a restart.</summary>
    public int StratumPort => Services.GetRequiredService<StratumFront>().EndPoint!.Port;

    /// <summary>The port that speaks TLS only, where this world has one.</summary>
    public int TlsPort => Services.GetRequiredService<StratumFront>().TlsEndPoint!.Port;

    /// <summary>A folder of this world's own, deleted with it.</summary>
    protected string Folder => _directory;

    /// <summary>Settings on top of those that every world has.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public virtual async ValueTask InitializeAsync()
    {
        await KeyFiles.EnsureAsync(Path.Combine(_directory, "keys"), KeyNames);
        foreach (var service in new[] { "proxy", "billing", "ordering", "catalog" })
        {
            _databases[$"ConnectionStrings:{service}"] = await _postgres.CreateDatabaseAsync();
        }

        await StartAsync();
    }

    public async Task StartAsync()
    {
        _app = await StartNodeAsync("node-1", _stratumPort);
        _stratumPort = StratumPort;
    }

    /// <summary>A node on this world's database; what any node says is heard, whichever bus it goes over.</summary>
    protected async Task<WebApplication> StartNodeAsync(string nodeName, int stratumPort)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(_databases!);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keys:Directory"] = Path.Combine(_directory, "keys"),
            ["Proxy:ShareLogDirectory"] = ShareLogDirectory,
            ["Proxy:AllowPrivatePools"] = "true",
            ["Proxy:MinSliceSeconds"] = "2",
            ["Proxy:PoolSilenceSeconds"] = "30",
            ["Proxy:PoolAnswerSeconds"] = "60",
            ["Proxy:NodeName"] = nodeName,
            ["Stratum:Port"] = stratumPort.ToString(CultureInfo.InvariantCulture),
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_heard);
        builder.AddMarketplace(
            new HashrateProxyModule(), Neighbours.Billing(), Neighbours.Ordering(), Neighbours.Catalog());
        builder.Services.AddSingleton<ISegmentFiles>(Disk);
        var app = builder.Build();
        app.UseMarketplace();
        await app.StartAsync();
        await Eventually.TrueAsync(
            () => app.Services.GetRequiredService<StratumFront>().EndPoint is not null, Generous);
        return app;
    }

    public async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    public ProxyClient ClientOf(OrganisationId organisation, string role) => new(ChannelOf(organisation, role));

    public SimulatedPool NewPool(PoolSettings settings)
    {
        var pool = new SimulatedPool(settings, TimeProvider.System);
        pool.Start();
        _simulated.Add(pool);
        return pool;
    }

    public SimulatedFarm NewFarm()
    {
        var farm = new SimulatedFarm(TimeProvider.System);
        _simulated.Add(farm);
        return farm;
    }

    /// <summary>Registers a rig; returns its id and login.</summary>
    public Task<(RigId Id, string Login)> NewRigAsync(
        SimulatedPool ownPool, Hashrate nameplate, Algorithm? algorithm = null) =>
        NewRigAsync([ownPool.Url], nameplate, algorithm);

    public Task<(RigId Id, string Login)> NewRigAsync(string ownPoolUrl, Hashrate nameplate) =>
        NewRigAsync([ownPoolUrl], nameplate);

    /// <param name="ownPoolUrls">The owner's, best first.</param>
    /// <param name="nameplate">What the rig is said to do.</param>
    /// <param name="algorithm">Null for the demo's.</param>
    public async Task<(RigId Id, string Login)> NewRigAsync(
        string[] ownPoolUrls, Hashrate nameplate, Algorithm? algorithm = null)
    {
        var id = TypedId.New<RigId>(TimeProvider.System);
        var login = $"farm.rig-{id.Value:N}"[..32];
        _algorithms[id] = (algorithm ?? Algorithm.Sha256dDemo).Name;
        await SayAsync(new RigChanged(
            id.Value, SellerId.Value, login, _algorithms[id], nameplate.HashesPerSecond,
            [.. ownPoolUrls.Select(Address)], 1));
        await Eventually.TrueAsync(
            () => Services.GetRequiredService<Routing.RouteBook>().FindByLogin(login) is not null);
        return (id, login);
    }

    public Task<ContractId> RentAsync(
        RigId rigId, Hashrate hashrate, TimeSpan startsIn, TimeSpan duration, params SimulatedPool[] pools)
    {
        var startAt = TimeProvider.System.GetUtcNow() + startsIn;
        return RentAsync(rigId, hashrate, startAt, startAt + duration, pools);
    }

    public async Task<ContractId> RentAsync(
        RigId rigId, Hashrate hashrate, DateTimeOffset startAt, DateTimeOffset endAt, params SimulatedPool[] pools)
    {
        var id = TypedId.New<ContractId>(TimeProvider.System);
        await SayContractAsync(id, rigId, hashrate, startAt, endAt, pools);
        return id;
    }

    /// <summary>Says a contract again with other terms: a newer version of it.</summary>
    public Task SayContractAsync(
        ContractId id,
        RigId rigId,
        Hashrate hashrate,
        DateTimeOffset startAt,
        DateTimeOffset endAt,
        SimulatedPool[] pools) =>
        SayContractAsync(id, rigId, hashrate, startAt, endAt, [.. pools.Select(pool => pool.Url)]);

    public Task SayContractAsync(
        ContractId id,
        RigId rigId,
        Hashrate hashrate,
        DateTimeOffset startAt,
        DateTimeOffset endAt,
        IEnumerable<string> poolUrls)
    {
        var version = _versions[id.Value] = _versions.GetValueOrDefault(id.Value) + 1;
        return SayAsync(new ContractChanged(
            id.Value, Guid.CreateVersion7(), RenterId.Value, SellerId.Value, rigId.Value, _algorithms[rigId],
            hashrate.HashesPerSecond, startAt, endAt, [.. poolUrls.Select(Address)], version));
    }

    public Task SayAsync(RigChanged message) => SayAsync<CatalogDbContext>(message);

    public Task SayAsync(ContractChanged message) => SayAsync<OrderingDbContext>(message);

    private async Task SayAsync<TDbContext>(object message)
        where TDbContext : ServiceDbContext
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDbContext>();
        db.Publish(message);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The contract as its renter sees it, once it is seen at all.</summary>
    public async Task<ContractLive> LiveAsync(ContractId contractId)
    {
        var renter = ClientOf(RenterId, "renter");
        ContractLive? live = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    live = await renter.ContractLiveAsync(contractId, TestContext.Current.CancellationToken);
                }
                catch (ApiProblemException notYet) when (notYet.Code is "contract-not-live" or "contract-not-found")
                {
                    live = null;
                }

                return live is not null;
            },
            Generous);
        return live!;
    }

    /// <summary>The first node as another service speaks to it.</summary>
    public ProxyClient ServiceClient(string service) => new(
        ChannelWith(Services.GetRequiredService<TokenIssuer>().IssueForService(service, audience: "proxy")));

    public ApiChannel ChannelOf(OrganisationId organisation, string role)
    {
        var grant = new UserGrant(
            TypedId.New<AccountId>(TimeProvider.System),
            organisation,
            [role],
            Scopes: [],
            TimeProvider.System.GetUtcNow());
        return ChannelWith(Services.GetRequiredService<TokenIssuer>().IssueForUser(grant));
    }

    private ApiChannel ChannelWith(IssuedToken token)
    {
        var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return new ApiChannel(http);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var simulated in Enumerable.Reverse(_simulated))
        {
            await simulated.DisposeAsync();
        }

        await StopAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        GC.SuppressFinalize(this);
    }

    private PoolAddress Address(string url, int priority) => new(
        Guid.CreateVersion7(),
        url,
        "account.worker",
        Services.GetRequiredService<SecretSealer>().Seal("x"),
        priority);
}
