using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class PaceTests
{
    private static readonly Algorithm Demo = Algorithm.Sha256dDemo;
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 120)]
    [InlineData(1, 120)]
    [InlineData(2, 83)]
    [InlineData(10, 16)]
    [InlineData(1_000, 12)]
    public void A_contract_yields_about_ten_thousand_shares_an_hour_whoever_sends_them(
        int workers, int sharesPerMinute) =>
        WorkerPace.SharesPerMinute(workers).ShouldBe(sharesPerMinute);

    [Theory]
    [InlineData(1, 120)]
    [InlineData(100, 120)]
    [InlineData(100_000, 12)]
    public void A_difficulty_brings_the_wanted_pace(ulong terahashes, int sharesPerMinute)
    {
        var rate = Hashrate.FromTerahashes(terahashes);
        var workPerShare = Work.Of(WorkerPace.For(rate, sharesPerMinute, Demo).ToTarget(Demo), Demo);
        var hashesPerMinute = rate.Over(TimeSpan.FromMinutes(1)).Hashes;
        ((int)(hashesPerMinute / workPerShare.Hashes)).ShouldBeInRange(sharesPerMinute, sharesPerMinute + 1);
    }

    [Fact]
    public void A_difficulty_within_a_factor_of_three_halves_is_left_alone()
    {
        WorkerPace.IsFar(Difficulty.Of(1_000), Difficulty.Of(1_490), Demo).ShouldBeFalse();
        WorkerPace.IsFar(Difficulty.Of(1_490), Difficulty.Of(1_000), Demo).ShouldBeFalse();
        WorkerPace.IsFar(Difficulty.Of(1_000), Difficulty.Of(1_510), Demo).ShouldBeTrue();
        WorkerPace.IsFar(Difficulty.Of(1_510), Difficulty.Of(1_000), Demo).ShouldBeTrue();
        WorkerPace.IsFar(Difficulty.Of(ulong.MaxValue), Difficulty.Of(ulong.MaxValue), Demo).ShouldBeFalse();
    }

    [Fact]
    public void A_pace_is_estimated_from_enough_shares_only()
    {
        var keeper = new PaceKeeper(StartAt);
        var current = Difficulty.Of(1_000);
        var work = Work.Of(current.ToTarget(Demo), Demo);
        for (var share = 1; share < PaceKeeper.MinShares; share++)
        {
            keeper.Count(work);
        }

        keeper.TryEstimate(StartAt + TimeSpan.FromSeconds(6), current, 60, Demo).ShouldBeNull();
        keeper.Count(work);
        keeper.TryEstimate(StartAt + TimeSpan.FromSeconds(4), current, 60, Demo).ShouldBeNull();

        // Eight shares in eight seconds are sixty a minute: what is wanted, so that nothing changes.
        var estimate = keeper.TryEstimate(StartAt + TimeSpan.FromSeconds(8), current, 60, Demo).ShouldNotBeNull();
        WorkerPace.IsFar(current, estimate, Demo).ShouldBeFalse();
    }

    [Fact]
    public void A_silent_worker_gets_an_easier_difficulty_and_never_none()
    {
        var keeper = new PaceKeeper(StartAt);
        keeper.TryEstimate(
            StartAt + TimeSpan.FromSeconds(31), Difficulty.Of(1_000), 12, Demo).ShouldBe(Difficulty.Of(250));
        keeper.TryEstimate(StartAt + TimeSpan.FromSeconds(62), Difficulty.Of(1), 12, Demo).ShouldBe(Difficulty.Of(1));
    }

    [Fact]
    public void A_pool_must_keep_its_upstream_at_five_submits_a_second()
    {
        var rate = Hashrate.FromTerahashes(2_500);
        var work = Work.Of(UpstreamPace.MinimumDifficulty(rate, Demo).ToTarget(Demo), Demo);
        ((int)(rate.HashesPerSecond / work.Hashes)).ShouldBe(UpstreamPace.MaxSubmitsPerSecond);
    }
}
