using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Marketplace.ServiceDefaults.Database;

/// <summary>One service's database as the hall needs it, whatever its context's type.</summary>
internal interface IServiceDatabase
{
    string Service { get; }

    NpgsqlDataSource DataSource(IServiceProvider provider);

    Task MigrateAsync(IServiceProvider provider, CancellationToken cancellationToken);

    ConsumerRegistration Consumer<TMessage, TConsumer>()
        where TMessage : class
        where TConsumer : class, IMessageConsumer<TMessage>;
}

internal sealed class ServiceDatabase<TDbContext>(string service) : IServiceDatabase
    where TDbContext : ServiceDbContext
{
    /// <summary>Connections of one service in one process: five services fit PostgreSQL's default of 100.</summary>
    private const int MaxPoolSize = 16;

    private const int ConnectTimeoutSeconds = 15;
    private const int CommandTimeoutSeconds = 30;

    /// <summary>Of the lock that a process holds in its service's database while it migrates.</summary>
    private const long MigrationTurnKey = 0x6D69_6772_6174_6573;

    public string Service => service;

    public void AddTo(IServiceCollection services)
    {
        services.AddKeyedSingleton(service, (provider, _) => CreateDataSource(provider));
        services.AddDbContextFactory<TDbContext>((provider, options) => options
            .UseNpgsql(
                DataSource(provider), npgsql => npgsql.MigrationsHistoryTable(MigrationsHistory.TableOf(service)))
            .AddInterceptors(provider.GetRequiredService<OutboxSignalInterceptor>())
            .UseApplicationServiceProvider(provider));
    }

    public NpgsqlDataSource DataSource(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<NpgsqlDataSource>(service);

    /// <summary>
    /// One process at a time: which migrations are missing is read before the framework's own lock is taken, so that
    /// two that start at once would both make the same tables.
    /// </summary>
    public async Task MigrateAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var contexts = provider.GetRequiredService<IDbContextFactory<TDbContext>>();
        await using var turn = await DataSource(provider).OpenConnectionAsync(cancellationToken);
        await using var transaction = await turn.BeginTransactionAsync(cancellationToken);
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", turn, transaction)
        {
            Parameters = { new() { Value = MigrationTurnKey } },
        };
        await wait.ExecuteNonQueryAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public ConsumerRegistration Consumer<TMessage, TConsumer>()
        where TMessage : class
        where TConsumer : class, IMessageConsumer<TMessage> =>
        new ConsumerRegistration<TMessage, TConsumer, TDbContext>(service);

    private NpgsqlDataSource CreateDataSource(IServiceProvider provider)
    {
        var text = provider.GetRequiredService<IConfiguration>().GetConnectionString(service)
            ?? throw new InvalidOperationException($"ConnectionStrings:{service} is not set.");
        var connection = new NpgsqlConnectionStringBuilder(text)
        {
            MaxPoolSize = MaxPoolSize,
            Timeout = ConnectTimeoutSeconds,
            CommandTimeout = CommandTimeoutSeconds,
            ApplicationName = $"marketplace-{service}",
        };
        return new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
    }
}
