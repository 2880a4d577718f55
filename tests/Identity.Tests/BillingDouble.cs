using System.Collections.Concurrent;
using Marketplace.Messages.Identity;
using Marketplace.ServiceDefaults;
using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity.Tests;

/// <summary>Stands for another service: hears of organisations, and says whom it took a token's bearer for.</summary>
internal sealed class BillingDouble : IServiceModule
{
    public string Name => "billing";

    public void AddServices(ServiceBuilder service)
    {
        service.Services.AddSingleton<HeardOrganisations>();
        service.AddDatabase<BillingDbContext>().AddConsumer<OrganisationChanged, HearsOrganisations>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapGet("/me", Me);

    private static WhoAmI Me(Caller caller) =>
        new(caller.AccountId, caller.OrganisationId, [.. caller.Roles], caller.AuthenticatedAt);
}

internal sealed record WhoAmI(
    AccountId AccountId, OrganisationId OrganisationId, IReadOnlyList<string> Roles, DateTimeOffset AuthenticatedAt);

internal sealed class HeardOrganisations
{
    public ConcurrentQueue<OrganisationChanged> All { get; } = new();

    public OrganisationChanged[] About(OrganisationId organisationId) =>
        [.. All.Where(organisation => organisation.OrganisationId == organisationId.Value)];
}

internal sealed class HearsOrganisations(HeardOrganisations heard) : IMessageConsumer<OrganisationChanged>
{
    public Task ConsumeAsync(OrganisationChanged message, CancellationToken cancellationToken)
    {
        heard.All.Enqueue(message);
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
