using Shouldly;
using Xunit;

namespace Marketplace.TestKit.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task A_condition_that_never_holds_is_named_at_the_limit()
    {
        var failure = await Assert.ThrowsAsync<ShouldAssertException>(
            () => Eventually.TrueAsync(() => 1 > 2, TimeSpan.FromMilliseconds(50)));
        failure.Message.ShouldContain("1 > 2");
    }
}
