using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests;

public sealed class ScryptTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    /// <summary>Two hashes at difficulty 1.</summary>
    private const ulong EasyDifficulty = 20;

    [Fact]
    public async Task Shares_of_scrypt_are_verified_here_and_taken_by_a_pool_that_hashes_by_itself()
    {
        var own = world.NewPool(new PoolSettings
        {
            CoinbaseText = "own-scrypt",
            Algorithm = Algorithm.ScryptDemo,
            Difficulty = Difficulty.Of(EasyDifficulty),
            EasiestDifficulty = null,
        });
        var nameplate = new Hashrate(5_000_000);
        var (rigId, login) = await world.NewRigAsync(own, nameplate, Algorithm.ScryptDemo);
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            Algorithm = Algorithm.ScryptDemo,
            HashesPerSecond = 160,
            Password = $"d={EasyDifficulty}",
        });

        await Eventually.TrueAsync(() => worker.Counters().AcceptedShares >= 10, ProxyWorld.Generous);

        worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
        await Eventually.TrueAsync(() => own.Counters().AcceptedShares >= 10, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
        var seller = world.ClientOf(world.SellerId, "seller");
        await Eventually.TrueAsync(
            async () => (await seller.RigLiveAsync(rigId, TestContext.Current.CancellationToken))
                .OneMinute.Hashrate > Hashrate.Zero,
            ProxyWorld.Generous);
    }
}
