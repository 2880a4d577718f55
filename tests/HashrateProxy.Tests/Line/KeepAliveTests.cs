using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>Firmware leaves a pool that is silent for 90 s, so it never is.</summary>
public sealed class KeepAliveTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    [Fact]
    public async Task A_worker_hears_something_while_its_pool_holds_a_job_and_while_it_is_down()
    {
        var holding = world.NewPool(new PoolSettings { CoinbaseText = "own", JobIntervalSeconds = 3_600 });
        var gone = new SimulatedPool(new PoolSettings { CoinbaseText = "gone" }, TimeProvider.System);
        gone.Start();
        var (_, held) = await world.NewRigAsync(holding, Hashrate.FromTerahashes(100));
        var (_, idle) = await world.NewRigAsync(gone, Hashrate.FromTerahashes(100));
        await gone.DisposeAsync();

        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{held}.one");
        using var waiting = await RawWorker.ConnectAsync(world.StratumPort);
        await waiting.SubscribeAsync();
        RawWorker.CodeOf(await waiting.CallAsync("mining.authorize", $"{idle}.one")).ShouldBe(0);

        // Reading a line fails the test when none comes within the limit.
        (await waiting.TryReadLineAsync())!.ShouldContain("mining.ping");
        var first = worker.Jobs[^1];
        var next = await worker.NextJobAsync(after: 1);
        next.Id.ShouldNotBe(first.Id);
        next.NTime.ShouldBeGreaterThanOrEqualTo(first.NTime);
    }
}
