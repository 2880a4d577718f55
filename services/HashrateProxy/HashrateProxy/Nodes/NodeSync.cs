using System.Text.Json;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Nodes;

/// <summary>
/// Keeps this node level with the others through the database they share: says what is connected here, takes up rigs
/// and contracts that another node was told of, and reckons with the splits. Without the database the node goes on with
/// what it knows, and ends contracts by its own clock.
/// </summary>
internal sealed class NodeSync(
    IDbContextFactory<ProxyDbContext> contexts,
    NodeRestorer restorer,
    RouteBook book,
    SplitTable splits,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<NodeSync> logger) : ISupervisedLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<RigId, long> _rigVersions = [];
    private readonly Dictionary<ContractId, long> _contractVersions = [];
    private DateTimeOffset _saidAt = time.GetUtcNow();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.WhenRestoredAsync(cancellationToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TrySyncAsync(cancellationToken);
        }
    }

    /// <summary>
    /// A node that cannot say that it is there stands aside before another may take its part over: both reckon from
    /// the same silence, and a new split holds half a minute later.
    /// </summary>
    public async Task TrySyncAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SyncAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is DbUpdateException or Npgsql.NpgsqlException or TimeoutException)
        {
            logger.LogWarning(failure, "The other nodes cannot be heard: the database is away");
        }

        var now = time.GetUtcNow();
        foreach (var rig in now - _saidAt > SplitTable.SilenceLimit ? book.Rigs : [])
        {
            rig.StandAside(Minutes.Floor(now) + Minutes.Length);
        }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await SayConnectedAsync(db, cancellationToken);
        await TakeUpRigsAsync(db, cancellationToken);
        await TakeUpContractsAsync(db, cancellationToken);
        var rigs = book.Rigs
            .SelectMany(rig => rig.Routes.Select(route => (route.Id, Rig: rig)))
            .ToDictionary(pair => pair.Id, pair => pair.Rig);
        var kept = await splits.KeepAsync(
            db, rigs.ToDictionary(pair => pair.Key, pair => pair.Value.RigId), cancellationToken);
        foreach (var (contract, rig) in rigs)
        {
            rig.Share(contract, [.. kept[contract]]);
        }
    }

    /// <summary>A rig that has no worker here any more is said once with nothing.</summary>
    private async Task SayConnectedAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var nodeName = options.Value.NodeName;
        var said = await db.NodeRigs.Where(rig => rig.NodeName == nodeName)
            .ToDictionaryAsync(rig => rig.RigId, cancellationToken);
        foreach (var (rigId, connected) in book.Rigs.Select(rig => (rig.RigId, rig.ConnectedHashrate(now))))
        {
            if (said.TryGetValue(rigId, out var known))
            {
                (known.Connected, known.SeenAt) = (connected, now);
            }
            else if (connected > Hashrate.Zero)
            {
                db.NodeRigs.Add(
                    new NodeRig { RigId = rigId, NodeName = nodeName, Connected = connected, SeenAt = now });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        _saidAt = now;
    }

    private async Task TakeUpRigsAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var versions = await db.Rigs.Select(rig => new { rig.Id, rig.Version }).ToListAsync(cancellationToken);
        var news = versions.Where(rig => rig.Version > _rigVersions.GetValueOrDefault(rig.Id)).ToList();
        var ids = news.ConvertAll(rig => rig.Id);
        foreach (var rig in await db.Rigs.AsNoTracking().Where(rig => ids.Contains(rig.Id))
            .ToListAsync(cancellationToken))
        {
            book.Apply(JsonSerializer.Deserialize<RigChanged>(rig.Desired)!);
            _rigVersions[rig.Id] = rig.Version;
        }
    }

    private async Task TakeUpContractsAsync(ProxyDbContext db, CancellationToken cancellationToken)
    {
        var open = db.OpenRoutes(options.Value.NodeName, time.GetUtcNow()).AsNoTracking();
        var versions = await open.Select(route => new { route.ContractId, route.Version })
            .ToListAsync(cancellationToken);
        var ids = versions
            .Where(route => route.Version > _contractVersions.GetValueOrDefault(route.ContractId))
            .Select(route => route.ContractId).ToList();
        foreach (var route in await open.Where(route => ids.Contains(route.ContractId)).ToListAsync(cancellationToken))
        {
            var desired = JsonSerializer.Deserialize<ContractChanged>(route.Desired)!;
            book.Apply(desired, await splits.DecideFirstAsync(db, desired, cancellationToken));
            _contractVersions[route.ContractId] = route.Version;
        }
    }
}
