using Shouldly;
using Xunit;

namespace Marketplace.TestKit.Tests;

public sealed class TestPostgresTests
{
    [Fact]
    public async Task Each_test_gets_a_database_of_its_own()
    {
        var first = await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var second = await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        first.ShouldNotBe(second);
    }
}
