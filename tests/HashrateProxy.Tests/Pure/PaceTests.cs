using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class PaceTests
{
    private static readonly Algorithm Demo = Algorithm.Sha256dDemo;
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private const int SharesPerMinute = WorkerPace.MinSharesPerMinute;

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

    [Theory]
    [InlineData(0.01, 25, 60)]
    [InlineData(0.1, 20, 40)]
    [InlineData(1, 10, 20)]
    [InlineData(10, 5, 20)]
    [InlineData(100, 2, 5)]
    public void A_machine_that_is_guessed_wrong_by_a_factor_reaches_its_pace_within_seconds(
        double factor, int halfOfThem, int nearlyAll)
    {
        var seconds = Enumerable.Range(1, 200).Select(seed => SecondsToPace(factor, new Random(seed))).Order().ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{factor}: half in {seconds[100]} s, 95 % in {seconds[190]} s, all in {seconds[^1]} s");
        seconds[100].ShouldBeLessThanOrEqualTo(halfOfThem);
        seconds[190].ShouldBeLessThanOrEqualTo(nearlyAll);
    }

    /// <summary>Until its pace had settled, within a factor of two of the one it is to keep.</summary>
    private static double SecondsToPace(double factor, Random random)
    {
        var guessed = Hashrate.FromTerahashes(100);
        var hashesPerSecond = factor * (double)guessed.HashesPerSecond;
        var keeper = new PaceKeeper(StartAt);
        var sent = WorkerPace.First(guessed, suggested: null, Demo);
        var now = StartAt;
        while (keeper.SettledAt is null || SharesPerMinuteAt(sent) is < SharesPerMinute / 2 or > SharesPerMinute * 2)
        {
            now += Tick;
            now.ShouldBeLessThan(StartAt + TimeSpan.FromMinutes(10));
            var work = Work.Of(sent.ToTarget(Demo), Demo);
            var shares = Poisson(random, hashesPerSecond * Tick.TotalSeconds / (double)work.Hashes);
            Send(keeper, work, shares);

            sent = keeper.TryCorrect(now, sent, work, SharesPerMinute, Demo) ?? sent;
        }

        return (now - StartAt).TotalSeconds;

        double SharesPerMinuteAt(Difficulty difficulty) =>
            hashesPerSecond * 60 / (double)Work.Of(difficulty.ToTarget(Demo), Demo).Hashes;
    }

    private static int Poisson(Random random, double mean)
    {
        var events = 0;
        for (var rest = mean + Math.Log(1 - random.NextDouble()); rest > 0; rest += Math.Log(1 - random.NextDouble()))
        {
            events++;
        }

        return events;
    }

    private static void Send(PaceKeeper keeper, Work work, int shares)
    {
        for (; shares > 0; shares--)
        {
            keeper.Count(work);
        }
    }

    [Fact]
    public void A_machine_at_its_pace_is_left_alone()
    {
        var random = new Random(1);
        var keeper = new PaceKeeper(StartAt);
        var sent = Difficulty.Of(1_000);
        var work = Work.Of(sent.ToTarget(Demo), Demo);
        var corrections = 0;
        for (var now = StartAt; now < StartAt + TimeSpan.FromDays(1); now += Tick)
        {
            Send(keeper, work, Poisson(random, WorkerPace.MaxSharesPerMinute * Tick.TotalMinutes));
            var wanted = keeper.TryCorrect(now, sent, work, WorkerPace.MaxSharesPerMinute, Demo);
            corrections += wanted is null ? 0 : 1;
        }

        // Of 170,000 shares in a day.
        corrections.ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public void A_silent_worker_gets_an_easier_difficulty_within_seconds_and_never_none()
    {
        var keeper = new PaceKeeper(StartAt);
        var sent = Difficulty.Of(1_000);
        for (var now = StartAt; now < StartAt + TimeSpan.FromMinutes(2); now += Tick)
        {
            var work = Work.Of(sent.ToTarget(Demo), Demo);
            sent = keeper.TryCorrect(now, sent, work, SharesPerMinute, Demo) ?? sent;
            (now < StartAt + TimeSpan.FromSeconds(10) || sent < Difficulty.Of(100)).ShouldBeTrue();
        }

        sent.ShouldBe(Difficulty.Of(1));
        keeper.SettledAt.ShouldBeNull();
    }

    [Fact]
    public void A_machine_that_pauses_for_some_seconds_keeps_its_difficulty()
    {
        var keeper = new PaceKeeper(StartAt);
        var sent = Difficulty.Of(1_000);
        var work = Work.Of(sent.ToTarget(Demo), Demo);
        Send(keeper, work, 20);
        var settledAt = StartAt + TimeSpan.FromSeconds(10);
        keeper.TryCorrect(settledAt, sent, work, WorkerPace.MaxSharesPerMinute, Demo).ShouldBeNull();
        keeper.SettledAt.ShouldBe(settledAt);

        for (var pause = Tick; pause < TimeSpan.FromSeconds(30); pause += Tick)
        {
            keeper.TryCorrect(settledAt + pause, sent, work, WorkerPace.MaxSharesPerMinute, Demo).ShouldBeNull();
        }

        keeper.TryCorrect(settledAt.AddSeconds(30), sent, work, WorkerPace.MaxSharesPerMinute, Demo)
            .ShouldNotBeNull().ShouldBeLessThan(Difficulty.Of(100));
    }

    [Fact]
    public void A_machine_that_waits_for_a_pool_is_not_taken_for_a_slow_one()
    {
        var keeper = new PaceKeeper(StartAt);
        var sent = Difficulty.Of(1_000);
        var work = Work.Of(sent.ToTarget(Demo), Demo);
        var backAt = StartAt + TimeSpan.FromMinutes(10);
        keeper.Restart(backAt);
        keeper.TryCorrect(backAt + TimeSpan.FromSeconds(2), sent, work, SharesPerMinute, Demo).ShouldBeNull();
    }

    [Fact]
    public void A_suggested_difficulty_is_a_first_guess_within_limits()
    {
        var nameplate = Hashrate.FromTerahashes(1_000);
        WorkerPace.First(nameplate, Difficulty.Of(5_000), Demo).ShouldBe(Difficulty.Of(5_000));
        WorkerPace.First(nameplate, Difficulty.Parse("0.001"), Demo)
            .ShouldBe(WorkerPace.For(Hashrate.FromTerahashes(1), WorkerPace.MaxSharesPerMinute, Demo));
        WorkerPace.First(nameplate, Difficulty.Of(ulong.MaxValue), Demo)
            .ShouldBe(WorkerPace.For(nameplate, WorkerPace.MinSharesPerMinute, Demo));
        WorkerPace.First(nameplate, suggested: null, Demo)
            .ShouldBe(WorkerPace.For(Hashrate.FromTerahashes(100), WorkerPace.MaxSharesPerMinute, Demo));
    }

    [Fact]
    public void A_pool_must_keep_its_upstream_at_five_submits_a_second()
    {
        var rate = Hashrate.FromTerahashes(2_500);
        var work = Work.Of(UpstreamPace.MinimumDifficulty(rate, Demo).ToTarget(Demo), Demo);
        ((int)(rate.HashesPerSecond / work.Hashes)).ShouldBe(UpstreamPace.MaxSubmitsPerSecond);
    }
}
