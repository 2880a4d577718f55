using Marketplace.ServiceDefaults.Database;
using Marketplace.ServiceDefaults.TestHost.Alpha;
using Marketplace.ServiceDefaults.TestHost.Beta;
using Marketplace.TestKit;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class SchemaTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_migrated_schema_is_the_schema_of_the_model()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        (await SchemaComparison.DifferencesAsync<AlphaDbContext>(
            "alpha",
            await postgres.CreateDatabaseAsync(cancellationToken),
            await postgres.CreateDatabaseAsync(cancellationToken),
            options => new AlphaDbContext(options),
            cancellationToken)).ShouldBeEmpty();
        (await SchemaComparison.DifferencesAsync<BetaDbContext>(
            "beta",
            await postgres.CreateDatabaseAsync(cancellationToken),
            await postgres.CreateDatabaseAsync(cancellationToken),
            options => new BetaDbContext(options),
            cancellationToken)).ShouldBeEmpty();
    }
}
