using Marketplace.Identity.Database;
using Marketplace.ServiceDefaults.Database;

namespace Marketplace.Identity.Tests;

public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_migrated_schema_is_the_schema_of_the_model()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var differences = await SchemaComparison.DifferencesAsync<AccountDbContext>(
            "identity",
            await postgres.CreateDatabaseAsync(cancellationToken),
            await postgres.CreateDatabaseAsync(cancellationToken),
            options => new AccountDbContext(options),
            cancellationToken);
        differences.ShouldBeEmpty();
    }
}
