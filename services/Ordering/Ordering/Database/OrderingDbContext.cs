using System.Text.Json;
using Marketplace.Client;
using Marketplace.Client.HashrateProxy;
using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Destinations;
using Marketplace.Ordering.Listings;
using Marketplace.Ordering.Orders;
using Marketplace.Ordering.Quotes;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Ordering.Database;

internal sealed class OrderingDbContext(DbContextOptions<OrderingDbContext> options) : ServiceDbContext(options)
{
    public DbSet<OfferedListing> Listings => Set<OfferedListing>();

    public DbSet<Quote> Quotes => Set<Quote>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Contract> Contracts => Set<Contract>();

    /// <summary>Whatever changes an order or a contract takes its row first, so that changes take turns.</summary>
    public Task LockOrderAsync(OrderId orderId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM orders WHERE id = {orderId.Value} FOR UPDATE", cancellationToken);

    public Task LockContractAsync(ContractId contractId, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"SELECT 1 FROM contracts WHERE id = {contractId.Value} FOR UPDATE", cancellationToken);

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<OfferedListing>(ConfigureListing);
        model.Entity<Quote>(ConfigureQuote);
        model.Entity<Order>(ConfigureOrder);
        model.Entity<Contract>(ConfigureContract);
    }

    private static void ConfigureListing(EntityTypeBuilder<OfferedListing> listing)
    {
        listing.ToTable("listings");
        listing.Property(copy => copy.Id).ValueGeneratedNever();
        listing.HasIndex(copy => copy.RigId);
        listing.Ignore(copy => copy.UnitPrice);
    }

    private static void ConfigureQuote(EntityTypeBuilder<Quote> quote)
    {
        quote.ToTable("quotes");
        quote.Property(asked => asked.Id).ValueGeneratedNever();
        quote.ComplexProperty(asked => asked.Terms, TermsColumns.Configure);
        quote.Property(asked => asked.PoolChecks)
            .HasConversion(
                checks => JsonSerializer.Serialize(checks, ApiChannel.Json),
                text => JsonSerializer.Deserialize<List<PoolCheck>>(text, ApiChannel.Json)!,
                new ValueComparer<IReadOnlyList<PoolCheck>>(
                    (left, right) => ReferenceEquals(left, right), checks => checks.Count, checks => checks))
            .HasColumnType("text");
        quote.OwnsMany(
            asked => asked.Destinations, destination => ConfigureDestination(destination, "quote_destinations"));
    }

    private static void ConfigureOrder(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.Property(placed => placed.Id).ValueGeneratedNever();
        order.ComplexProperty(placed => placed.Terms, TermsColumns.Configure);
        order.HasOne<Quote>().WithOne().HasForeignKey<Order>(placed => placed.QuoteId)
            .OnDelete(DeleteBehavior.Restrict);
        order.HasIndex(placed => placed.ContractId).IsUnique();
        order.HasIndex(placed => placed.RigId);
        order.HasIndex(placed => placed.PayBeforeAt).HasFilter("status = 'Placed'");
    }

    private static void ConfigureContract(EntityTypeBuilder<Contract> contract)
    {
        contract.ToTable("contracts");
        contract.Property(running => running.Id).ValueGeneratedNever();
        contract.Property(running => running.Number).UseIdentityByDefaultColumn();
        contract.ComplexProperty(running => running.Terms, TermsColumns.Configure);
        contract.ComplexProperty(running => running.Outcome, TermsColumns.Configure!);
        contract.HasOne<Order>().WithOne().HasForeignKey<Contract>(running => running.OrderId)
            .OnDelete(DeleteBehavior.Restrict);
        contract.HasIndex(running => new { running.RenterId, running.Number });
        contract.HasIndex(running => new { running.SellerId, running.Number });
        contract.OwnsMany(
            running => running.Destinations, destination => ConfigureDestination(destination, "contract_destinations"));
    }

    private static void ConfigureDestination<TOwner>(
        OwnedNavigationBuilder<TOwner, Destination> destination, string table)
        where TOwner : class
    {
        destination.ToTable(table);
        destination.HasKey(pool => pool.Id);
        destination.Property(pool => pool.Id).ValueGeneratedNever();
    }
}
