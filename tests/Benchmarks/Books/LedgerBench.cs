using Marketplace.Billing;
using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Periods;
using Marketplace.PrivatePostgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Marketplace.Benchmarks.Books;

/// <summary>The ledger on a database of its own, as Billing uses it.</summary>
internal sealed class LedgerBench : IAsyncDisposable
{
    /// <summary>As many connections as a service has.</summary>
    private const int MaxPoolSize = 16;

    private const string Database = "ledger";

    private readonly PrivatePostgresServer _server;
    private readonly DirectoryInfo _folder;
    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<BillingDbContext> _contexts;
    private readonly BillingTransactions _transactions;
    private readonly LedgerStore _ledger = new(
        new PeriodClock(Options.Create(new BooksOptions())), TimeProvider.System, NullLogger<LedgerStore>.Instance);

    private LedgerBench(PrivatePostgresServer server, DirectoryInfo folder, string connectionString)
    {
        (_server, _folder) = (server, folder);
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = MaxPoolSize };
        _source = NpgsqlDataSource.Create(settings);
        _contexts = new PooledDbContextFactory<BillingDbContext>(
            new DbContextOptionsBuilder<BillingDbContext>().UseNpgsql(_source).Options);
        _transactions = new BillingTransactions(_contexts);
    }

    /// <summary>A server of its own, whose commits wait for the disk.</summary>
    public static async Task<LedgerBench> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-bench-");
        var server = await PrivatePostgresServer.StartAsync(
            new PrivatePostgresOptions { DataFolder = folder.FullName }, CancellationToken.None);
        var connection = await server.EnsureDatabaseAsync(Database, CancellationToken.None);
        var bench = new LedgerBench(server, folder, connection);
        await using var context = await bench._contexts.CreateDbContextAsync();
        await context.Database.MigrateAsync();
        return bench;
    }

    public Task PostAsync(params Entry[] entries) => _transactions.RunAsync(
        (context, token) => _ledger.PostAsync(context, entries, token), CancellationToken.None);

    /// <summary>As the database counts them, over its life.</summary>
    public async Task<long> DeadlocksAsync()
    {
        await using var command = _source.CreateCommand(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
