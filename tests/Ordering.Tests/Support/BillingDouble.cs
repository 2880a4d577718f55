using System.Collections.Concurrent;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Ordering.Tests.Support;

/// <summary>Hears what Billing would hear; its outbox also carries what the other services would say.</summary>
internal sealed class BillingDouble : IServiceModule
{
    public const string ServiceName = "billing";

    public string Name => ServiceName;

    public void AddServices(ServiceBuilder service)
    {
        service.AddDatabase<BillingDoubleDbContext>()
            .AddConsumer<OrderPlaced, HearOrderPlaced>()
            .AddConsumer<ContractChanged, HearContractChanged>();
        service.Services.AddSingleton<Heard>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}

internal sealed class Heard
{
    public ConcurrentQueue<OrderPlaced> OrdersPlaced { get; } = new();

    public ConcurrentQueue<ContractChanged> ContractsChanged { get; } = new();
}

internal sealed class HearOrderPlaced(Heard heard) : IMessageConsumer<OrderPlaced>
{
    public Task ConsumeAsync(OrderPlaced message, CancellationToken cancellationToken)
    {
        heard.OrdersPlaced.Enqueue(message);
        return Task.CompletedTask;
    }
}

internal sealed class HearContractChanged(Heard heard) : IMessageConsumer<ContractChanged>
{
    public Task ConsumeAsync(ContractChanged message, CancellationToken cancellationToken)
    {
        heard.ContractsChanged.Enqueue(message);
        return Task.CompletedTask;
    }
}

internal sealed class BillingDoubleDbContext(DbContextOptions<BillingDoubleDbContext> options)
    : ServiceDbContext(options)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
    }
}

[DbContext(typeof(BillingDoubleDbContext))]
[Migration("20261121000000_First")]
internal sealed class BillingDoubleMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateMessagingTables();
}
