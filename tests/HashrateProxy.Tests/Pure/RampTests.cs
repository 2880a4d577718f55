using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>Workers come onto an upstream as its pool becomes harder.</summary>
public sealed class RampTests
{
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Algorithm Algorithm = Algorithm.Sha256d;
    private static readonly Hashrate Promised = Hashrate.FromTerahashes(20_000);
    private static readonly Hashrate Worker = Hashrate.FromTerahashes(200);

    private static int WorkersAt(ulong difficulty)
    {
        var capacity = UpstreamPace.Capacity(Difficulty.Of(difficulty), Promised, Algorithm);
        var placed = Hashrate.Zero;
        var workers = 0;
        for (; workers < 1_000 && UpstreamPace.Takes(capacity, placed, Worker); workers++)
        {
            placed += Worker;
        }

        return workers;
    }

    /// <summary>A worker of 200 TH/s sends 5 shares a second at a difficulty of 9,313.</summary>
    [Theory]
    [InlineData(2_000, 0)]
    [InlineData(2_400, 1)]
    [InlineData(9_400, 1)]
    [InlineData(19_000, 2)]
    [InlineData(94_000, 10)]
    [InlineData(900_000, 96)]
    public void As_many_workers_as_send_five_shares_a_second(ulong difficulty, int workers) =>
        WorkersAt(difficulty).ShouldBe(workers);

    [Fact]
    public void A_pool_that_is_hard_enough_for_what_was_promised_takes_whatever_comes()
    {
        var minimum = UpstreamPace.MinimumDifficulty(Promised, Algorithm);
        UpstreamPace.Capacity(minimum, Promised, Algorithm).ShouldBe(Hashrate.Max);
    }

    [Fact]
    public void A_pool_has_a_minute_for_every_rise()
    {
        var watch = new RampWatch();
        watch.HoldBack(Difficulty.Of(10), StartAt).ShouldBeTrue();
        watch.HoldBack(Difficulty.Of(10), StartAt + TimeSpan.FromSeconds(59)).ShouldBeTrue();
        watch.HoldBack(Difficulty.Of(20), StartAt + TimeSpan.FromSeconds(59)).ShouldBeTrue();
        watch.HoldBack(Difficulty.Of(20), StartAt + TimeSpan.FromSeconds(118)).ShouldBeTrue();
        watch.HoldBack(Difficulty.Of(20), StartAt + TimeSpan.FromSeconds(119)).ShouldBeFalse();
        watch.Rest();
        watch.HoldsBack.ShouldBeFalse();
        watch.HoldBack(Difficulty.Of(20), StartAt + TimeSpan.FromSeconds(500)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "d=4096")]
    [InlineData("x", "x,d=4096")]
    [InlineData("secret", "secret")]
    [InlineData("d=100", "d=100")]
    public void A_difficulty_is_asked_for_only_in_a_password_that_is_none(string password, string sent) =>
        PoolPassword.Asking(password, Difficulty.Of(4_096)).ShouldBe(sent);
}
