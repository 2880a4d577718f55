using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.HashrateProxy;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.PoolChecks;

/// <summary>A proxy that logs in at most twice a minute at one host.</summary>
public sealed class SparingWorld : ProxyWorld
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Proxy:MaxPoolLoginsPerMinute"] = "2" };
}

public sealed class ThrottledCheckTests(SparingWorld world) : IClassFixture<SparingWorld>
{
    [Fact]
    public async Task A_pool_is_checked_so_often_a_minute_and_a_refused_login_not_again_at_once()
    {
        var refusing = world.NewPool(new PoolSettings
        {
            CoinbaseText = "pool",
            Failures = new PoolFailures { RefusesLogins = true },
        });
        (await CheckAsync(refusing, "wrong")).Verdict.ShouldBe("fail");
        await RefusedAsync(refusing, "wrong");
        refusing.Failures = PoolFailures.None;
        (await CheckAsync(refusing, "right")).Verdict.ShouldNotBe("fail");
        await RefusedAsync(refusing, "another");
        refusing.Counters().RefusedLogins.ShouldBe(1);
    }

    private Task<PoolCheck> CheckAsync(SimulatedPool pool, string password) =>
        world.ClientOf(world.RenterId, "renter").CheckPoolAsync(
            new CheckPool(
                new Pool(pool.Url, "account.worker", password), "sha256d-demo", Hashrate.FromTerahashes(1), null),
            TestContext.Current.CancellationToken);

    private async Task RefusedAsync(SimulatedPool pool, string password) =>
        (await Should.ThrowAsync<ApiProblemException>(() => CheckAsync(pool, password)))
            .Code.ShouldBe("pool-tried-too-often");
}
