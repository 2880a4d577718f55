using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>Brings every database of this process up to date before anything else starts.</summary>
internal sealed class DatabaseMigrator(
    IServiceProvider provider, ServiceRegistry registry, ILogger<DatabaseMigrator> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var database in registry.Databases)
        {
            await database.MigrateAsync(provider, cancellationToken);
            logger.LogInformation("Database of {Service} is up to date", database.Service);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
