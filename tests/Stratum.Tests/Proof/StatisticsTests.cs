using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

public sealed class StatisticsTests
{
    /// <summary>Exact 95 % bounds of a Poisson mean, as statistical tables print them.</summary>
    [Theory]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(5, 1.6235, 11.668)]
    [InlineData(10, 4.7954, 18.390)]
    [InlineData(100, 81.364, 121.627)]
    public void An_interval_has_the_bounds_of_the_tables(int shares, double low, double high)
    {
        var estimate = EstimateOf(shares, 1_000);

        (estimate.LowFactor * shares).ShouldBe(low, tolerance: low / 1000);
        (estimate.HighFactor * shares).ShouldBe(high, tolerance: high / 1000);
    }

    [Fact]
    public void Ten_thousand_shares_tell_two_percent_each_way_and_none_tell_nothing()
    {
        var estimate = EstimateOf(10_000, 1_000_000);
        var (low, high) = estimate.Interval95(TimeSpan.FromSeconds(10));

        ((double)low.HashesPerSecond).ShouldBe(0.9805e9, tolerance: 1e6);
        ((double)high.HashesPerSecond).ShouldBe(1.0198e9, tolerance: 1e6);
        new WorkSum().ToEstimate().LowFactor.ShouldBe(0);
        new WorkSum().ToEstimate().Interval95(TimeSpan.FromHours(1)).Low.ShouldBe(Hashrate.Zero);
    }

    [Fact]
    public void Shares_of_several_difficulties_err_as_fewer_equal_ones_do()
    {
        var sum = new WorkSum();
        for (var share = 0; share < 100; share++)
        {
            sum.Add(new Work(share == 0 ? 1_000_000u : 1u));
        }

        sum.ToEstimate().EffectiveShares.ShouldBe(1, tolerance: 0.01);
        sum.Shares.ShouldBe(100);
    }

    /// <summary>Nineteen of twenty intervals hold the truth: of 2,000, fewer than 60 in 10^9 runs do not.</summary>
    [Fact]
    public void The_truth_lies_in_the_interval_as_often_as_it_says()
    {
        var random = new Random(11);
        var held = 0;
        for (var run = 0; run < 2_000; run++)
        {
            var shares = 0;
            for (var at = Next(random); at < 50; at += Next(random))
            {
                shares++;
            }

            var estimate = EstimateOf(shares, 1);
            held += estimate.LowFactor * shares <= 50 && estimate.HighFactor * shares >= 50 ? 1 : 0;
        }

        held.ShouldBeInRange(1_890, 1_990);
    }

    [Theory]
    [InlineData(0.1, 0, 0.9048, null)]
    [InlineData(4.6, 0, 0.01005, null)]
    [InlineData(5, 0, 0.00674, 0.9789)]
    [InlineData(100, 70, 0.000971, 0.3401)]
    public void Blocks_tell_how_much_withholding_would_have_shown(
        double expected, long found, double pValue, double? detectable)
    {
        var luck = new BlockLuck(expected, found);

        luck.PValue.ShouldBe(pValue, tolerance: pValue / 50);
        luck.IsSuspicious.ShouldBe(pValue < 0.01);
        if (detectable is { } part)
        {
            luck.Detectable!.Value.ShouldBe(part, tolerance: 0.001);
        }
        else
        {
            luck.Detectable.ShouldBeNull();
        }
    }

    [Fact]
    public void A_share_expects_the_part_of_a_block_that_its_difficulty_is()
    {
        var share = Difficulty.Of(1_000).ToTarget(Algorithm.Sha256d);
        var block = Difficulty.Of(1_000_000).ToTarget(Algorithm.Sha256d);

        BlockLuck.ExpectedOf(share, block).ShouldBe(0.001, tolerance: 1e-9);
    }

    private static WorkEstimate EstimateOf(int shares, uint hashesEach)
    {
        var sum = new WorkSum();
        for (var share = 0; share < shares; share++)
        {
            sum.Add(new Work(hashesEach));
        }

        return sum.ToEstimate();
    }

    private static double Next(Random random) => -Math.Log(1 - random.NextDouble());
}
