using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Routing;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>Our address is shared by all renters: nobody gets it banned.</summary>
public sealed class LoginThrottleTests
{
    private const int PerMinute = 3;

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    private LoginThrottle Throttle(ProxyOptions options) => new(Options.Create(options), _time);

    private static PoolTarget Target(string host, string user) =>
        new(default, PoolUrl.Parse($"stratum+tcp://{host}:3333"), user, "x", 0);

    [Fact]
    public void A_host_is_tried_so_often_a_minute_whoever_asks()
    {
        var throttle = Throttle(new ProxyOptions { MaxPoolLoginsPerMinute = PerMinute });
        for (var login = 0; login < PerMinute; login++)
        {
            throttle.TryTakeTurn(Target("pool.example", $"user-{login}")).ShouldBeNull();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        throttle.TryTakeTurn(Target("pool.example", "another")).ShouldBe(TimeSpan.FromSeconds(30));
        throttle.TryTakeTurn(Target("other.example", "another")).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(30));
        throttle.TryTakeTurn(Target("pool.example", "another")).ShouldBeNull();
        throttle.TryTakeTurn(Target("pool.example", "another")).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_refused_login_waits_longer_each_time_and_others_do_not()
    {
        var throttle = Throttle(new ProxyOptions());
        var (bad, good) = (Target("pool.example", "bad"), Target("pool.example", "good"));
        foreach (var wait in new[] { 30, 60, 120, 240, 480, 600, 600 })
        {
            throttle.TryTakeTurn(bad).ShouldBeNull();
            throttle.LoginRefused(bad);
            throttle.TryTakeTurn(bad).ShouldBe(TimeSpan.FromSeconds(wait));
            throttle.TryTakeTurn(good).ShouldBeNull();
            _time.Advance(TimeSpan.FromSeconds(wait));
        }

        throttle.LoginAccepted(bad);
        throttle.LoginRefused(bad);
        throttle.TryTakeTurn(bad).ShouldBe(LoginThrottle.FirstRefusedWait);
    }
}
