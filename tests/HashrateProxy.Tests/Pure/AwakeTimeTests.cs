using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>A node that hears nothing because it sleeps does not take it for silence.</summary>
public sealed class AwakeTimeTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly PoolHealthLimits Limits = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));

    private readonly ManualTimeProvider _time = new(At);
    private readonly AwakeTime _awake = new();

    [Fact]
    public void A_node_that_beats_in_time_was_awake_all_the_time()
    {
        _awake.Between(At, At + TimeSpan.FromMinutes(1)).ShouldBe(TimeSpan.FromMinutes(1));
        BeatFor(TimeSpan.FromMinutes(1));
        _awake.Between(At, _time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(1));
        Sleep(AwakeTime.LatestBeat);
        _awake.Between(At, _time.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(1) + AwakeTime.LatestBeat);
    }

    [Fact]
    public void What_was_slept_through_does_not_count_and_neither_does_a_sleep_that_nobody_has_noticed_yet()
    {
        BeatFor(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(30));
        _awake.Between(At, _time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(10));
        _awake.Beat(_time.GetUtcNow());
        BeatFor(TimeSpan.FromSeconds(5));
        _awake.Between(At, _time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(15));
        _awake.Between(At + TimeSpan.FromSeconds(20), _time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(5));
        _awake.Between(At, At + TimeSpan.FromSeconds(12)).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_pool_is_silent_after_as_much_time_as_the_node_listened_for()
    {
        BeatFor(TimeSpan.FromSeconds(1));
        var signs = new PoolSigns(At, At, At, At + TimeSpan.FromSeconds(1));
        for (var sleeps = 0; sleeps < 5; sleeps++)
        {
            Sleep(TimeSpan.FromSeconds(10));
            IsWell(signs).ShouldBeTrue();
        }

        BeatFor(Limits.Silence);
        IsWell(signs).ShouldBeTrue();
        BeatFor(Beat);
        IsWell(signs).ShouldBeFalse();
    }

    private bool IsWell(in PoolSigns signs) =>
        PoolHealth.AilmentOf(signs, Limits, _awake, _time.GetUtcNow()) is null;

    private void BeatFor(TimeSpan duration)
    {
        _awake.Beat(_time.GetUtcNow());
        for (var until = _time.GetUtcNow() + duration; _time.GetUtcNow() < until;)
        {
            Sleep(Beat);
        }
    }

    private void Sleep(TimeSpan duration)
    {
        _time.Advance(duration);
        _awake.Beat(_time.GetUtcNow());
    }
}
