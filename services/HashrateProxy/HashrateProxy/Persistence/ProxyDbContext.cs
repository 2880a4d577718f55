using Marketplace.HashrateProxy.HeadHooks;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Persistence;

/// <summary>
/// What a node must know again after a restart: rigs, routes as desired state, and the readings it has sealed.
/// </summary>
internal sealed class ProxyDbContext(DbContextOptions<ProxyDbContext> options) : ServiceDbContext(options)
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromDays(7);

    public DbSet<StoredRig> Rigs => Set<StoredRig>();

    public DbSet<StoredRoute> Routes => Set<StoredRoute>();

    public DbSet<StoredReading> Readings => Set<StoredReading>();

    public DbSet<StoredHead> Heads => Set<StoredHead>();

    public DbSet<StoredHook> Hooks => Set<StoredHook>();

    public DbSet<WaitingHead> WaitingHeads => Set<WaitingHead>();

    public DbSet<NodeRoute> NodeRoutes => Set<NodeRoute>();

    public DbSet<NodeRig> NodeRigs => Set<NodeRig>();

    public DbSet<StoredNode> Nodes => Set<StoredNode>();

    public DbSet<StoredSplit> Splits => Set<StoredSplit>();

    /// <summary>The contracts that a node has not closed yet; none is dug up a week after its end.</summary>
    public IQueryable<StoredRoute> OpenRoutes(string nodeName, DateTimeOffset now)
    {
        var endedAfter = now - LongestClosing;
        return Routes
            .FromSql($"SELECT * FROM route WHERE (desired->>'EndAt')::timestamptz > {endedAfter}")
            .Where(route => !NodeRoutes.Any(node => node.ContractId == route.ContractId
                && node.NodeName == nodeName && node.ReleasedAt != null));
    }

    /// <summary>How contracts are shared, oldest first.</summary>
    public async Task<ILookup<ContractId, ContractSplit>> SplitsOfAsync(
        IReadOnlyCollection<ContractId> contracts, CancellationToken cancellationToken)
    {
        var stored = await Splits.AsNoTracking().Where(split => contracts.Contains(split.ContractId))
            .OrderBy(split => split.FromAt).ToListAsync(cancellationToken);
        return stored.ToLookup(split => split.ContractId, split => split.ToSplit());
    }

    /// <summary>How far a node is with a contract; null while the contract is not committed.</summary>
    public async Task<NodeRoute?> FindNodeRouteAsync(
        ContractId contractId, string nodeName, CancellationToken cancellationToken)
    {
        if (await NodeRoutes.FindAsync([contractId, nodeName], cancellationToken) is { } known)
        {
            return known;
        }

        return await Routes.AnyAsync(route => route.ContractId == contractId, cancellationToken)
            ? NodeRoutes.Add(new NodeRoute { ContractId = contractId, NodeName = nodeName }).Entity
            : null;
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<StoredRig>(rig =>
        {
            rig.ToTable("rig");
            rig.HasKey(stored => stored.Id);
            rig.Property(stored => stored.Id).ValueGeneratedNever();
            rig.Property(stored => stored.Desired).HasColumnType("jsonb");
        });
        model.Entity<StoredRoute>(route =>
        {
            route.ToTable("route");
            route.HasKey(stored => stored.ContractId);
            route.Property(stored => stored.ContractId).ValueGeneratedNever();
            route.Property(stored => stored.Desired).HasColumnType("jsonb");
        });
        model.Entity<StoredReading>(reading =>
        {
            reading.ToTable("sealed_reading");
            reading.HasKey(stored => new { stored.NodeName, stored.Sequence });
            reading.HasIndex(stored => new { stored.ContractId, stored.NodeName });
        });
        model.Entity<StoredHead>(head =>
        {
            head.ToTable("minute_head");
            head.HasKey(stored => new { stored.ContractId, stored.NodeName, stored.Index });
            head.HasIndex(stored => new { stored.ContractId, stored.MinuteAt });
            head.HasIndex(stored => new { stored.NodeName, stored.MinuteAt });
        });
        model.Entity<StoredHook>(hook =>
        {
            hook.ToTable("head_hook");
            hook.HasKey(stored => stored.Id);
            hook.Property(stored => stored.Id).ValueGeneratedNever();
            hook.HasIndex(stored => stored.OrganisationId);
            hook.HasIndex(stored => stored.DueAt);
        });
        model.Entity<WaitingHead>(waiting =>
        {
            waiting.ToTable("waiting_head");
            waiting.HasKey(stored => new { stored.HookId, stored.ContractId, stored.NodeName, stored.Index });
            waiting.HasOne<StoredHook>().WithMany().HasForeignKey(stored => stored.HookId)
                .OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<NodeRoute>(route =>
        {
            route.ToTable("node_route");
            route.HasKey(stored => new { stored.ContractId, stored.NodeName });
        });
        model.Entity<NodeRig>(rig =>
        {
            rig.ToTable("node_rig");
            rig.HasKey(stored => new { stored.RigId, stored.NodeName });
        });
        model.Entity<StoredNode>(node =>
        {
            node.ToTable("node");
            node.HasKey(stored => stored.NodeName);
        });
        model.Entity<StoredSplit>(split =>
        {
            split.ToTable("route_split");
            split.HasKey(stored => new { stored.ContractId, stored.FromAt });
            split.Property(stored => stored.Parts).HasColumnType("jsonb");
        });
    }
}
