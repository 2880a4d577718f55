using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>Pools fail, and the fleet is never left without work that somebody pays for.</summary>
public sealed class FailoverTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly PoolFailures Down = new() { DropsNewConnections = true };
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(10_000);

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(2_000),
        EasiestDifficulty = null,
    });

    private async Task<(RigId RigId, SimulatedWorker Worker, SimulatedPool Own)> NewRigAsync()
    {
        var own = NewPool("own");
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(100));
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            HashesPerSecond = 50_000,
            Password = "d=500",
        });
        await HashesForAsync(worker, "own");
        return (rigId, worker, own);
    }

    private static Task HashesForAsync(SimulatedWorker worker, string coinbaseText) => Eventually.TrueAsync(
        () => worker.Counters().HashesFor == coinbaseText, ProxyWorld.Generous, $"hashes for {coinbaseText}");

    private static async Task FailAsync(SimulatedPool pool)
    {
        pool.Failures = Down;
        await pool.DropConnectionsAsync();
    }

    private async Task<IReadOnlyList<MeterReading>> EndAsync(
        ContractId contractId, RigId rigId, DateTimeOffset startAt, params SimulatedPool[] pools)
    {
        await world.SayContractAsync(contractId, rigId, Rate, startAt, TimeProvider.System.GetUtcNow(), pools);
        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        return world.Heard.ReadingsOf(contractId);
    }

    [Fact]
    public async Task Work_goes_to_the_second_pool_then_to_the_seller_and_the_time_without_a_pool_is_the_pools_fault()
    {
        var (rigId, worker, _) = await NewRigAsync();
        var (first, second) = (NewPool("first"), NewPool("second"));
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), first, second);
        await HashesForAsync(worker, "first");

        await FailAsync(first);
        await HashesForAsync(worker, "second");
        (await world.LiveAsync(contractId)).ActiveDestination.ShouldNotBe(first.Url);

        var downAt = TimeProvider.System.GetUtcNow();
        await FailAsync(second);
        await HashesForAsync(worker, "own");
        var accepted = worker.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => worker.Counters().AcceptedShares >= accepted + 5, ProxyWorld.Generous);

        var upAgainAt = TimeProvider.System.GetUtcNow();
        second.Failures = PoolFailures.None;
        await HashesForAsync(worker, "second");
        var readings = await EndAsync(contractId, rigId, startAt, first, second);

        var poolsFault = readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.Missing.PoolHashes);
        poolsFault.ShouldBeGreaterThanOrEqualTo(Rate.Over(upAgainAt - downAt - TimeSpan.FromSeconds(2)).Hashes);
        worker.Counters().Reconnects.ShouldBe(0);
        worker.Counters().RejectedSharesByReason.Keys.ShouldBeSubsetOf(["stale"]);
    }

    [Fact]
    public async Task A_login_that_the_renters_pool_refuses_is_the_renters_fault()
    {
        var (rigId, worker, _) = await NewRigAsync();
        var pool = NewPool("refusing");
        pool.Failures = new PoolFailures { RefusesLogins = true };
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromSeconds(8), pool);

        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        var missing = world.Heard.ReadingsOf(contractId).Select(reading => reading.Missing).ToList();
        var rentersFault = missing.Aggregate(UInt128.Zero, (sum, part) => sum + part.RenterHashes);
        var untilThePoolSpoke = missing.Aggregate(UInt128.Zero, (sum, part) => sum + part.PoolHashes);
        rentersFault.ShouldBeGreaterThan(UInt128.Zero);
        (rentersFault + untilThePoolSpoke).ShouldBe(Rate.Over(TimeSpan.FromSeconds(8)).Hashes);
        worker.Counters().HashesFor.ShouldBe("own");
        world.Heard.All<ContractStarted>().ShouldNotContain(started => started.ContractId == contractId.Value);
    }

    [Fact]
    public async Task A_contract_that_ends_while_the_sellers_pool_is_down_gets_nothing_for_free()
    {
        var (rigId, worker, own) = await NewRigAsync();
        var renters = NewPool("renters");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), renters);
        await HashesForAsync(worker, "renters");
        await FailAsync(own);

        await EndAsync(contractId, rigId, startAt, renters);
        var seller = world.ClientOf(world.SellerId, "seller");
        var live = await seller.RigLiveAsync(rigId, TestContext.Current.CancellationToken);
        live.Workers.Single().WorkingFor.ShouldBe("waiting");
        var accepted = worker.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => worker.Counters().RejectedShares > 0, ProxyWorld.Generous);
        worker.Counters().AcceptedShares.ShouldBe(accepted);

        own.Failures = PoolFailures.None;
        await HashesForAsync(worker, "own");
        worker.Counters().Reconnects.ShouldBe(0);
        await Eventually.TrueAsync(() => worker.Counters().AcceptedShares > accepted, ProxyWorld.Generous);
    }
}
