using Marketplace.Catalog.Farms;
using Marketplace.Catalog.Listings;
using Marketplace.Catalog.Measurements;
using Marketplace.Catalog.Rigs;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Catalog.Database;

internal sealed class CatalogDbContext(DbContextOptions<CatalogDbContext> options) : ServiceDbContext(options)
{
    public const string FarmSlugIndex = "ix_farms_slug";
    public const string RigLoginIndex = "ix_rigs_login";

    public DbSet<Farm> Farms => Set<Farm>();

    public DbSet<Rig> Rigs => Set<Rig>();

    public DbSet<Listing> Listings => Set<Listing>();

    public DbSet<RigMinute> RigMinutes => Set<RigMinute>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Algorithm>().HaveConversion<AlgorithmConverter>();
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Farm>(farm =>
        {
            farm.ToTable("farms");
            farm.HasIndex(own => own.Slug).IsUnique().HasDatabaseName(FarmSlugIndex);
            farm.HasIndex(own => own.SellerId);
        });
        model.Entity<Rig>(rig =>
        {
            rig.ToTable("rigs");
            rig.HasIndex(own => own.Login).IsUnique().HasDatabaseName(RigLoginIndex);
            rig.HasIndex(own => own.SellerId);
            rig.HasOne<Farm>().WithMany().HasForeignKey(own => own.FarmId).OnDelete(DeleteBehavior.Restrict);
            rig.HasRowVersion();
            rig.OwnsMany(own => own.DefaultPools, pool =>
            {
                pool.ToTable("default_pools");
                pool.WithOwner().HasForeignKey("RigId");
                pool.HasKey(own => own.Id);
                pool.Property(own => own.Id).ValueGeneratedNever();
                pool.Property(own => own.User).HasColumnName("user_name");
            });
        });
        model.Entity<Listing>(listing =>
        {
            listing.ToTable("listings");
            listing.HasIndex(own => new { own.PriceMicrosPerUnitDay, own.Id }).HasFilter("is_published");
            listing.HasIndex(own => own.SellerId);
            listing.HasOne<Rig>().WithMany().HasForeignKey(own => own.RigId).OnDelete(DeleteBehavior.Restrict);
            listing.HasRowVersion();
        });
        model.Entity<RigMinute>(minute =>
        {
            minute.ToTable("rig_minutes");
            minute.HasKey(own => new { own.RigId, own.NodeName, own.MinuteAt });
            minute.HasIndex(own => new { own.RigId, own.MinuteAt });
            minute.HasIndex(own => own.MinuteAt);
            minute.HasOne<Rig>().WithMany().HasForeignKey(own => own.RigId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
