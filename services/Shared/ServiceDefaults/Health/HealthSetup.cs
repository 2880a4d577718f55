using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Marketplace.ServiceDefaults.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its databases and its bus do too.</summary>
internal static class HealthSetup
{
    private const string Ready = "ready";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static void AddHealth(this IServiceCollection services, ServiceRegistry registry)
    {
        var health = services.AddHealthChecks();
        foreach (var database in registry.Databases)
        {
            health.Add(new HealthCheckRegistration(
                $"database-{database.Service}",
                provider => new DatabaseHealth(database.DataSource(provider)),
                HealthStatus.Unhealthy,
                [Ready],
                Timeout));
        }
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        var ready = new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) };
        routes.MapHealthChecks("/health/ready", ready).AllowAnonymous();
    }

    private sealed class DatabaseHealth(NpgsqlDataSource dataSource) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = dataSource.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException down)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, exception: down);
            }
        }
    }
}
