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

    public async Task MigrateAsync(IServiceProvider provider, CancellationToken cancellationToken)
    {
        var contexts = provider.GetRequiredService<IDbContextFactory<TDbContext>>();
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
