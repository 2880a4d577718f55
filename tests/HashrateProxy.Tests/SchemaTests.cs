using Marketplace.HashrateProxy.Persistence;
using Marketplace.ServiceDefaults.Database;

namespace Marketplace.HashrateProxy.Tests;

public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_migrated_schema_is_the_schema_of_the_model()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var differences = await SchemaComparison.DifferencesAsync<ProxyDbContext>(
            "proxy",
            await postgres.CreateDatabaseAsync(cancellationToken),
            await postgres.CreateDatabaseAsync(cancellationToken),
            options => new ProxyDbContext(options),
            cancellationToken);
        differences.ShouldBeEmpty();
    }
}
