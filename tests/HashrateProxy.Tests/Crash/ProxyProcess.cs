using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Tests.Crash;

/// <summary>
/// The proxy as a process of its own, which can be killed: a database and a share log that outlive it, and ports that
/// stay the same. It hears of rigs and contracts by what its database already knows.
/// </summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly PostgresFixture _postgres = new();
    private readonly string _data = Directory.CreateTempSubdirectory("marketplace-killed-proxy-").FullName;
    private readonly HttpClient _http = new();
    private readonly Uri _root = new($"http://127.0.0.1:{FreePort.Next()}/");
    private string _database = "";
    private Process? _process;

    public int StratumPort { get; } = FreePort.Next();

    public string NodeDirectory => Path.Combine(_data, "share-log", "node-1");

    public KeyRing Keys { get; private set; } = null!;

    private string KeyDirectory => Path.Combine(_data, "keys");

    private string ConsolePath => Path.Combine(_data, "console.log");

    /// <summary>Keys and a database with its schema; nothing runs yet.</summary>
    public async Task PrepareAsync()
    {
        await KeyFiles.EnsureAsync(KeyDirectory, ["identity", "proxy", "proxy.node-1", KeyFiles.SecretsKeyName]);
        Keys = new KeyRing(KeyDirectory);
        _database = await _postgres.CreateDatabaseAsync();
        await using var db = OpenDatabase();
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
    }

    public ProxyDbContext OpenDatabase() => new(new DbContextOptionsBuilder<ProxyDbContext>()
        .UseNpgsql(_database, npgsql => npgsql.MigrationsHistoryTable(MigrationsHistory.TableOf("proxy")))
        .Options);

    /// <summary>As somebody of an organisation in a role, for as long as a token lives.</summary>
    public ProxyClient ClientOf(OrganisationId organisation, string role)
    {
        var grant = new UserGrant(
            TypedId.New<AccountId>(TimeProvider.System), organisation, [role], [], TimeProvider.System.GetUtcNow());
        var http = new HttpClient { BaseAddress = _root };
        var token = new TokenIssuer(Keys, TimeProvider.System).IssueForUser(grant).Text;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ProxyClient(new ApiChannel(http));
    }

    public async Task StartAsync()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var program = Path.Combine(
            Repository.Artifacts, "bin", "HashrateProxy.Host", configuration, "Marketplace.HashrateProxy.Host");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec '{program}' >>'{ConsolePath}' 2>&1"]);
        start.Environment["ConnectionStrings__proxy"] = _database;
        start.Environment["Keys__Directory"] = KeyDirectory;
        start.Environment["Proxy__ShareLogDirectory"] = Path.Combine(_data, "share-log");
        start.Environment["Proxy__AllowPrivatePools"] = "true";
        start.Environment["Proxy__ListedPools__x11__0"] = "127.0.0.1";
        start.Environment["Stratum__Port"] = StratumPort.ToString(CultureInfo.InvariantCulture);
        start.Environment["Urls"] = _root.ToString().TrimEnd('/');
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start)!;
        await Eventually.TrueAsync(IsReadyAsync, StartLimit, "the proxy is ready");
    }

    /// <summary>SIGKILL: nothing in the process is told.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public string ConsoleTail() =>
        File.Exists(ConsolePath) ? string.Join('\n', File.ReadLines(ConsolePath).TakeLast(40)) : "";

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        Keys?.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<bool> IsReadyAsync()
    {
        _process!.HasExited.ShouldBeFalse(ConsoleTail());
        try
        {
            using var answer = await _http.GetAsync(new Uri(_root, "health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
