using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>Pools fail, and the fleet is never left without work that somebody pays for.</summary>
public sealed class FailoverTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly PoolFailures Down = new() { DropsNewConnections = true };

    private SimulatedPool NewPool(string text) => ContractScene.NewPool(world, text);

    private static async Task FailAsync(SimulatedPool pool)
    {
        pool.Failures = Down;
        await pool.DropConnectionsAsync();
    }

    [Fact]
    public async Task Work_goes_to_the_second_pool_then_to_the_seller_and_the_time_without_a_pool_is_the_pools_fault()
    {
        var scene = await ContractScene.CreateAsync(world);
        var (first, second) = (NewPool("first"), NewPool("second"));
        await scene.RentAsync(first, second);
        await scene.HashesForAsync("first");

        await FailAsync(first);
        await scene.HashesForAsync("second");
        (await world.LiveAsync(scene.ContractId)).ActiveDestination.ShouldNotBe(first.Url);

        var downAt = TimeProvider.System.GetUtcNow();
        await FailAsync(second);
        await scene.HashesForAsync("own");
        var accepted = scene.Worker.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => scene.Worker.Counters().AcceptedShares >= accepted + 5, ProxyWorld.Generous);

        var upAgainAt = TimeProvider.System.GetUtcNow();
        second.Failures = PoolFailures.None;
        await scene.HashesForAsync("second");
        var readings = await scene.EndAsync(first, second);

        // What the node slept through on a crowded machine is its own fault.
        var down = world.Services.GetRequiredService<AwakeTime>().Between(downAt, upAgainAt);
        var poolsFault = readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.Missing.PoolHashes);
        poolsFault.ShouldBeGreaterThanOrEqualTo(
            ContractScene.Rate.Over(down - TimeSpan.FromSeconds(2)).Hashes);
        ProvedShare.WorkIn(world.NodeDirectory, scene.ContractId).ShouldBe(
            readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes));
        scene.Worker.Counters().Reconnects.ShouldBe(0);
        scene.Worker.Counters().RejectedSharesByReason.Keys.ShouldBeSubsetOf([StratumError.JobNotFound.Text]);
    }

    [Fact]
    public async Task A_login_that_the_renters_pool_refuses_is_the_renters_fault()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = ContractScene.NewPool(world, "refusing", new PoolFailures { RefusesLogins = true });
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        var contractId = await world.RentAsync(
            scene.RigId, ContractScene.Rate, startAt, startAt + TimeSpan.FromSeconds(8), pool);

        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        var missing = world.Heard.ReadingsOf(contractId).Select(reading => reading.Missing).ToList();
        var rentersFault = missing.Aggregate(UInt128.Zero, (sum, part) => sum + part.RenterHashes);
        var untilThePoolSpoke = missing.Aggregate(
            UInt128.Zero, (sum, part) => sum + part.PoolHashes + part.MarketplaceHashes);
        rentersFault.ShouldBeGreaterThan(UInt128.Zero);
        (rentersFault + untilThePoolSpoke).ShouldBe(ContractScene.Rate.Over(TimeSpan.FromSeconds(8)).Hashes);
        scene.Worker.Counters().HashesFor.ShouldBe("own");
        world.Heard.All<ContractStarted>().ShouldNotContain(started => started.ContractId == contractId.Value);
    }

    [Fact]
    public async Task A_contract_that_ends_while_the_sellers_pool_is_down_gets_nothing_for_free()
    {
        var scene = await ContractScene.CreateAsync(world);
        var renters = NewPool("renters");
        await scene.RentAsync(renters);
        await scene.HashesForAsync("renters");
        await FailAsync(scene.Own);

        await scene.EndAsync(renters);
        var seller = world.ClientOf(world.SellerId, "seller");
        await Eventually.TrueAsync(
            async () =>
            {
                var live = await seller.RigLiveAsync(scene.RigId, TestContext.Current.CancellationToken);
                return live.Workers is [{ WorkingFor: "waiting" }];
            },
            ProxyWorld.Generous);
        var accepted = scene.Worker.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => scene.Worker.Counters().RejectedShares > 0, ProxyWorld.Generous);
        scene.Worker.Counters().AcceptedShares.ShouldBe(accepted);

        scene.Own.Failures = PoolFailures.None;
        await scene.HashesForAsync("own");
        scene.Worker.Counters().Reconnects.ShouldBe(0);
        await Eventually.TrueAsync(() => scene.Worker.Counters().AcceptedShares > accepted, ProxyWorld.Generous);
    }
}
