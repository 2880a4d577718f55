using Shouldly;
using Xunit;

namespace Marketplace.TestKit.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Timers_fire_in_order_at_their_instants()
    {
        var startAt = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan After)>();
        using var late = _time.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = _time.CreateTimer(_ => Note("often"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(6));

        fired.ShouldBe([("often", S(2)), ("often", S(4)), ("late", S(5)), ("often", S(6))]);
        (_time.GetUtcNow() - startAt).ShouldBe(S(6));
        return;

        void Note(string name) => fired.Add((name, _time.GetUtcNow() - startAt));
        static TimeSpan S(int seconds) => TimeSpan.FromSeconds(seconds);
    }

    [Fact]
    public async Task A_delay_ends_when_the_clock_gets_there()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}
