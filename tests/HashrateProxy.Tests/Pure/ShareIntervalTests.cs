using Marketplace.HashrateProxy.Live;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ShareIntervalTests
{
    /// <summary>The exact 95 % bounds of a Poisson count, from the quantiles of the gamma distribution.</summary>
    [Theory]
    [InlineData(1, 0.0253, 5.5716)]
    [InlineData(10, 4.7954, 18.3904)]
    [InlineData(100, 81.3639, 121.6272)]
    [InlineData(1_000, 938.97, 1063.95)]
    [InlineData(10_000, 9804.95, 10197.95)]
    public void It_is_the_interval_of_a_Poisson_count(int shares, double low, double high)
    {
        var interval = ShareInterval.Of(shares);
        (interval.Low * shares).ShouldBe(low, 0.015 * Math.Sqrt(shares));
        (interval.High * shares).ShouldBe(high, 0.015 * Math.Sqrt(shares));
    }

    [Fact]
    public void Without_a_share_nothing_is_known()
    {
        ShareInterval.Of(0).ShouldBe((0, double.PositiveInfinity));
    }
}
