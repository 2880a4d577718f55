using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.HashrateProxy.Persistence;

/// <summary>
/// What a node must know again after a restart: rigs, routes as desired state, and the readings it has sealed.
/// </summary>
internal sealed class ProxyDbContext(DbContextOptions<ProxyDbContext> options) : ServiceDbContext(options)
{
    public DbSet<StoredRig> Rigs => Set<StoredRig>();

    public DbSet<StoredRoute> Routes => Set<StoredRoute>();

    public DbSet<StoredReading> Readings => Set<StoredReading>();

    public DbSet<StoredHead> Heads => Set<StoredHead>();

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
            route.HasIndex(stored => stored.ReleasedAt);
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
    }
}
