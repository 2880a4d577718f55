using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.ServiceDefaults.TestHost.Alpha;

public sealed class AlphaDbContext(DbContextOptions<AlphaDbContext> options) : ServiceDbContext(options)
{
    public DbSet<SaidNumber> SaidNumbers => Set<SaidNumber>();

    public DbSet<HeardNumber> HeardNumbers => Set<HeardNumber>();

    public DbSet<Sample> Samples => Set<Sample>();

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<SaidNumber>().HasKey(said => said.Number);
        model.Entity<SaidNumber>().Property(said => said.Number).ValueGeneratedNever();
        model.Entity<Sample>().HasRowVersion();
        model.Entity<Sample>().HasIndex(sample => sample.RigId);
    }
}

public sealed class SaidNumber
{
    public required int Number { get; init; }
}

/// <summary>Deliberately without a unique key: an effect that happens twice leaves two rows.</summary>
public sealed class HeardNumber
{
    public long Id { get; private set; }

    public required int Number { get; init; }

    public required string What { get; init; }
}
