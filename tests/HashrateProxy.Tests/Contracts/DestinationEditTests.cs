using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A renter changes the pools of a contract that runs.</summary>
public sealed class DestinationEditTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(10_000);

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobIntervalSeconds = 600,
        Difficulty = Difficulty.Of(1_000),
        EasiestDifficulty = null,
    });

    [Fact]
    public async Task A_pool_that_stays_keeps_its_connection_and_late_shares_reach_the_pool_that_went()
    {
        var (own, first, second) = (NewPool("own"), NewPool("first"), NewPool("second"));
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(1));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.one");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), first, second);
        var firstsJob = await worker.JobOfAsync(first.CoinbaseText);
        await Eventually.TrueAsync(() => second.Counters().Connections == 1, ProxyWorld.Generous);

        var late = firstsJob.Mine();
        await world.SayContractAsync(
            contractId, rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), [second]);
        await worker.JobOfAsync(second.CoinbaseText);
        (await worker.SubmitAsync(late)).ShouldBe(0);

        await Eventually.TrueAsync(() => first.Counters().AcceptedShares == 1, ProxyWorld.Generous);
        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(contractId)).ActiveDestination == second.Url, ProxyWorld.Generous);
        second.Counters().Connections.ShouldBe(1);
        second.Counters().AcceptedShares.ShouldBe(0);
    }

    [Fact]
    public async Task A_pool_that_moves_up_the_list_is_taken_without_a_new_connection()
    {
        var (own, first, second) = (NewPool("own"), NewPool("first"), NewPool("second"));
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(1));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.one");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), first, second);
        await worker.JobOfAsync(first.CoinbaseText);

        await world.SayContractAsync(
            contractId, rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), [second, first]);
        await worker.JobOfAsync(second.CoinbaseText);
        (first.Counters().Connections, second.Counters().Connections).ShouldBe((1, 1));
    }
}
