using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A fleet whose owner has one pool, and nothing else to do while that pool says nothing.</summary>
public sealed class OnlyPoolTests(HastyWorld world) : IClassFixture<HastyWorld>
{
    private const int FewShares = 5;

    [Fact]
    public async Task Machines_go_on_with_the_last_job_of_a_silent_pool_until_another_connection_to_it_has_one()
    {
        var scene = await ContractScene.CreateAsync(world);
        scene.Own.Failures = new PoolFailures { StopsAnswering = true };
        await Eventually.TrueAsync(() => scene.Own.Counters().Connections == 2, ProxyWorld.Generous);
        await MoreSharesAsync(() => scene.Worker.Counters().AcceptedShares);

        scene.Own.Failures = PoolFailures.None;
        var arrivals = scene.Worker.Counters().CleanJobs;
        await Eventually.TrueAsync(() => scene.Worker.Counters().CleanJobs > arrivals, ProxyWorld.Generous);
        await MoreSharesAsync(() => scene.Own.Counters().AcceptedShares);

        var counters = scene.Worker.Counters();
        (counters.RejectedShares, counters.Reconnects, counters.HashesFor).ShouldBe((0, 0, "own"));
    }

    private static async Task MoreSharesAsync(Func<long> shares)
    {
        var before = shares();
        await Eventually.TrueAsync(() => shares() >= before + FewShares, ProxyWorld.Generous);
    }
}
