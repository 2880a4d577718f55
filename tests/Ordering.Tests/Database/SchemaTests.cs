using Marketplace.Ordering.Database;
using Marketplace.ServiceDefaults.Database;
using Marketplace.TestKit;

namespace Marketplace.Ordering.Tests.Database;

public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_migrated_schema_is_the_models()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var differences = await SchemaComparison.DifferencesAsync<OrderingDbContext>(
            "ordering",
            await postgres.CreateDatabaseAsync(cancellationToken),
            await postgres.CreateDatabaseAsync(cancellationToken),
            options => new OrderingDbContext(options),
            cancellationToken);
        differences.ShouldBeEmpty();
    }
}
