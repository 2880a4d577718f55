using System.Collections.Concurrent;
using Marketplace.Messages.Catalog;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Catalog.Tests;

/// <summary>Stands for the proxy: hears of rigs, and says what they did.</summary>
internal sealed class ProxyDouble : IServiceModule
{
    public string Name => "proxy";

    public void AddServices(ServiceBuilder service)
    {
        service.Services.AddSingleton<Heard>();
        service.AddDatabase<ProxyDbContext>().AddConsumer<RigChanged, HearsRigs>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}

/// <summary>Stands for ordering: hears of listings.</summary>
internal sealed class OrderingDouble : IServiceModule
{
    public string Name => "ordering";

    public void AddServices(ServiceBuilder service) =>
        service.AddDatabase<OrderingDbContext>().AddConsumer<ListingChanged, HearsListings>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}

internal sealed class Heard
{
    public ConcurrentQueue<RigChanged> Rigs { get; } = new();

    public ConcurrentQueue<ListingChanged> Listings { get; } = new();

    public RigChanged[] About(RigId rigId) => [.. Rigs.Where(rig => rig.RigId == rigId.Value)];

    public ListingChanged[] About(ListingId listingId) =>
        [.. Listings.Where(listing => listing.ListingId == listingId.Value)];
}

internal sealed class HearsRigs(Heard heard) : IMessageConsumer<RigChanged>
{
    public Task ConsumeAsync(RigChanged message, CancellationToken cancellationToken)
    {
        heard.Rigs.Enqueue(message);
        return Task.CompletedTask;
    }
}

internal sealed class HearsListings(Heard heard) : IMessageConsumer<ListingChanged>
{
    public Task ConsumeAsync(ListingChanged message, CancellationToken cancellationToken)
    {
        heard.Listings.Enqueue(message);
        return Task.CompletedTask;
    }
}

internal sealed class ProxyDbContext(DbContextOptions<ProxyDbContext> options) : ServiceDbContext(options)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
    }
}

[DbContext(typeof(ProxyDbContext))]
[Migration("0001_start")]
internal sealed class ProxyStart : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateMessagingTables();
}

internal sealed class OrderingDbContext(DbContextOptions<OrderingDbContext> options) : ServiceDbContext(options)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
    }
}

[DbContext(typeof(OrderingDbContext))]
[Migration("0001_start")]
internal sealed class OrderingStart : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateMessagingTables();
}
