using System.Collections.Concurrent;
using Xunit;

namespace Marketplace.TestKit;

/// <summary>For <c>IClassFixture</c> or <c>AssemblyFixture</c>: databases that are dropped at the end.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly ConcurrentBag<string> _created = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <returns>The connection string of an empty database nobody else uses, as a superuser.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var (name, connectionString) = await TestPostgres.CreateAsync(cancellationToken);
        _created.Add(name);
        return connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _created)
        {
            await TestPostgres.DropAsync(name, CancellationToken.None);
        }
    }
}
