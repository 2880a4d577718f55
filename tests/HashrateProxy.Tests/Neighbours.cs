using System.Collections.Concurrent;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Marketplace.HashrateProxy.Tests;

/// <summary>Stands for a service around the proxy: hears what the proxy says to it.</summary>
internal sealed class Neighbour<TDbContext>(string name, Action<ServiceBuilder> consumers) : IServiceModule
    where TDbContext : ServiceDbContext
{
    public string Name => name;

    public void AddServices(ServiceBuilder service)
    {
        service.AddDatabase<TDbContext>();
        consumers(service);
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}

internal static class Neighbours
{
    public static IServiceModule Billing() => new Neighbour<BillingDbContext>("billing", service => service
        .AddConsumer<MeterReadingSealed, Hears<MeterReadingSealed>>()
        .AddConsumer<ContractNodeClosed, Hears<ContractNodeClosed>>());

    public static IServiceModule Ordering() => new Neighbour<OrderingDbContext>("ordering", service => service
        .AddConsumer<ContractStarted, Hears<ContractStarted>>());

    public static IServiceModule Catalog() => new Neighbour<CatalogDbContext>("catalog", service => service
        .AddConsumer<RigMeasured, Hears<RigMeasured>>());
}

/// <summary>What the proxy said, oldest first.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<object> _messages = new();

    public void Add(object message) => _messages.Enqueue(message);

    public IReadOnlyList<TMessage> All<TMessage>() => [.. _messages.OfType<TMessage>()];

    public IReadOnlyList<MeterReading> ReadingsOf(ContractId contractId) =>
    [
        .. All<MeterReadingSealed>()
            .Select(sealedReading => MeterReading.FromPayload(sealedReading.Payload))
            .Where(reading => reading.ContractId == contractId.Value),
    ];
}

internal sealed class Hears<TMessage>(Heard heard) : IMessageConsumer<TMessage>
    where TMessage : class
{
    public Task ConsumeAsync(TMessage message, CancellationToken cancellationToken)
    {
        heard.Add(message);
        return Task.CompletedTask;
    }
}

internal sealed class BillingDbContext(DbContextOptions<BillingDbContext> options) : ServiceDbContext(options)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
    }
}

[DbContext(typeof(BillingDbContext))]
[Migration("0001_start")]
internal sealed class BillingStart : Migration
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

internal sealed class CatalogDbContext(DbContextOptions<CatalogDbContext> options) : ServiceDbContext(options)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
    }
}

[DbContext(typeof(CatalogDbContext))]
[Migration("0001_start")]
internal sealed class CatalogStart : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateMessagingTables();
}
