using System.Globalization;
using Marketplace.HashrateProxy;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Tests;
using Marketplace.Messages;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Benchmarks.Node;

/// <summary>
/// A process with the proxy in it and its neighbours' ends of the bus, so that its processor time and memory can be
/// read from outside. It is told rigs and contracts by lines on its input, which it says on as their publishers would.
/// </summary>
internal sealed class NodeProgram(WebApplication app)
{
    private const string Algorithm = "sha256d";
    private const string MaxWorkers = "12000";

    private static readonly string[] KeyNames =
        ["identity", "proxy", "billing", "ordering", "catalog", "proxy.node-1", KeyFiles.SecretsKeyName];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-bench-");
        await using var postgres = new PostgresFixture();
        try
        {
            await using var app = await StartAsync(folder.FullName, postgres);
            await new NodeProgram(app).ServeAsync(Console.In);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<WebApplication> StartAsync(string folder, PostgresFixture postgres)
    {
        var keys = Path.Combine(folder, "keys");
        await KeyFiles.EnsureAsync(keys, KeyNames);
        var settings = new Dictionary<string, string?>
        {
            ["Keys:Directory"] = keys,
            ["Proxy:ShareLogDirectory"] = Path.Combine(folder, "share-log"),
            ["Proxy:AllowPrivatePools"] = "true",
            ["Proxy:MinSliceSeconds"] = "1",
            ["Stratum:Port"] = "0",
            ["Stratum:MaxConnections"] = MaxWorkers,
            ["Stratum:MaxConnectionsPerAddress"] = MaxWorkers,
            ["Stratum:MaxConnectionsPerRig"] = MaxWorkers,
            ["Stratum:MaxConnectionsPerSeller"] = MaxWorkers,
            ["urls"] = "http://127.0.0.1:0",
        };
        foreach (var service in new[] { "proxy", "billing", "ordering", "catalog" })
        {
            settings[$"ConnectionStrings:{service}"] = await postgres.CreateDatabaseAsync();
        }

        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders()
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton<Heard>();
        builder.AddMarketplace(
            new HashrateProxyModule(), Neighbours.Billing(), Neighbours.Ordering(), Neighbours.Catalog());
        var app = builder.Build();
        app.UseMarketplace();
        await app.StartAsync();
        return app;
    }

    private async Task ServeAsync(TextReader commands)
    {
        var front = app.Services.GetRequiredService<StratumFront>();
        await Eventually.TrueAsync(() => front.EndPoint is not null, TimeSpan.FromSeconds(60));
        Say($"listening {front.EndPoint!.Port}");
        while (await commands.ReadLineAsync() is { } command)
        {
            await ObeyAsync(command.Split(' '));
            Say("done");
        }

        await app.StopAsync();
    }

    private Task ObeyAsync(string[] words) => words switch
    {
        ["rig", var id, var login, var hashrate, var pool] => AddRigAsync(id, login, Number(hashrate), pool),
        ["contract", var id, var rig, var version, var hashrate, var startsIn, var pool] =>
            PublishAsync<OrderingDbContext>(
                ContractOf(id, rig, (long)Number(version), Number(hashrate), (int)Number(startsIn), pool)),
        ["collect"] => Task.Run(() => GC.Collect(
            GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true)),
        _ => throw new ArgumentException($"Unknown: {string.Join(' ', words)}"),
    };

    private async Task AddRigAsync(string id, string login, UInt128 hashrate, string pool)
    {
        await PublishAsync<CatalogDbContext>(
            new RigChanged(Guid.Parse(id), Guid.Parse(id), login, Algorithm, hashrate, [Address(pool)], 1));
        var book = app.Services.GetRequiredService<RouteBook>();
        await Eventually.TrueAsync(() => book.FindByLogin(login) is not null, TimeSpan.FromSeconds(60));
    }

    private ContractChanged ContractOf(
        string id, string rig, long version, UInt128 hashrate, int startsInSeconds, string pool)
    {
        var contract = Guid.Parse(id);
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(startsInSeconds);
        return new ContractChanged(
            contract, contract, contract, contract, Guid.Parse(rig), Algorithm, hashrate, startAt,
            startAt + TimeSpan.FromHours(1), [Address(pool)], version);
    }

    private async Task PublishAsync<TDbContext>(object message)
        where TDbContext : ServiceDbContext
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDbContext>();
        db.Publish(message);
        await db.SaveChangesAsync();
    }

    private PoolAddress Address(string pool)
    {
        // One and the same pool keeps its id, so that saying a contract again changes no destination.
        var id = new Guid(new Uri(pool).Port, 0, 0, new byte[8]);
        return new PoolAddress(
            id, pool, "account.worker", app.Services.GetRequiredService<SecretSealer>().Seal("x"), 0);
    }

    private static UInt128 Number(string digits) => UInt128.Parse(digits, CultureInfo.InvariantCulture);

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
