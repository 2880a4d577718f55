using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>Pools that are connected and yet must not be worked for.</summary>
public sealed class PoolHealthTests(PoolHealthWorld world) : IClassFixture<PoolHealthWorld>
{
    private SimulatedPool NewPool(string text) => ContractScene.NewPool(world, text);

    private static UInt128 RentersFault(IEnumerable<MeterReading> readings) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.Missing.RenterHashes);

    [Fact]
    public async Task A_pool_that_falls_silent_is_left_and_taken_again_when_it_has_been_well_for_a_while()
    {
        var scene = await ContractScene.CreateAsync(world);
        var (first, second) = (NewPool("first"), NewPool("second"));
        await scene.RentAsync(first, second);
        await scene.HashesForAsync("first");

        first.Failures = new PoolFailures { StopsAnswering = true };
        await scene.HashesForAsync("second");

        var wellAgainAt = TimeProvider.System.GetUtcNow();
        first.Failures = PoolFailures.None;
        await Eventually.TrueAsync(
            () => scene.Worker.Counters().HashesFor == "first", ProxyWorld.Generous + WorkSource.ReturnAfter);
        (scene.Worker.Counters().HashesForSince - wellAgainAt)!.Value.ShouldBeGreaterThanOrEqualTo(
            WorkSource.ReturnAfter);
        scene.Worker.Counters().Reconnects.ShouldBe(0);
    }

    [Fact]
    public async Task A_sellers_own_pools_stand_in_for_each_other()
    {
        var spare = NewPool("spare");
        var scene = await ContractScene.CreateAsync(world, null, spare);
        scene.Own.Failures = new PoolFailures { DropsNewConnections = true };
        await scene.Own.DropConnectionsAsync();
        await scene.HashesForAsync("spare");
    }

    [Fact]
    public async Task Clean_jobs_without_a_new_block_are_the_renters_fault_when_they_are_a_flood()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = NewPool("pool");
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");

        pool.Failures = new PoolFailures { CleanJobFloodMilliseconds = 200 };
        await scene.HashesForAsync("own");
        RentersFault(await scene.EndAsync(pool)).ShouldBeGreaterThan(UInt128.Zero);
    }

    [Fact]
    public async Task A_coinbase_that_no_firmware_takes_reaches_no_worker_and_is_the_renters_fault()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = world.NewPool(ContractScene.SettingsOf("pool") with { CoinbasePaddingBytes = 20_000 });
        var good = NewPool("good");
        await scene.RentAsync(pool, good);
        await scene.HashesForAsync("good");
        scene.Worker.Counters().ByCoinbase.Keys.ShouldNotContain("pool");
    }

    [Fact]
    public async Task A_pool_that_falls_back_to_a_block_it_had_left_is_not_followed_and_then_left()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = world.NewPool(ContractScene.SettingsOf("pool") with { JobsPerBlock = 1, JobIntervalSeconds = 600 });
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");
        pool.SendNextJob(isClean: true);
        for (var sent = 0; sent < 3; sent++)
        {
            scene.Worker.Counters().HashesFor.ShouldBe("pool");
            pool.SendOldJob();
        }

        await scene.HashesForAsync("own");
        scene.Worker.Counters().RejectedSharesByReason.Keys.ShouldBeSubsetOf([StratumError.JobNotFound.Text]);
    }

    [Fact]
    public async Task A_difficulty_that_would_flood_us_with_shares_reaches_no_worker()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = NewPool("pool");
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");

        pool.SetDifficulty(Difficulty.Parse("0.001"));
        await scene.HashesForAsync("own");
        pool.Counters().AcceptedShares.ShouldBeLessThan(1_000);
        await scene.OutlastAsync(pool);
        RentersFault(await scene.EndAsync(pool)).ShouldBeGreaterThan(UInt128.Zero);
    }

    [Fact]
    public async Task Workers_that_roll_versions_pass_over_pools_that_cannot_take_it()
    {
        var scene = await ContractScene.CreateAsync(world, FirmwareProfiles.Antminer);
        var narrow = world.NewPool(ContractScene.SettingsOf("narrow") with { VersionMask = 0x00ffe000 });
        var colliding = world.NewPool(ContractScene.SettingsOf("colliding") with { JobVersion = 0x20002000 });
        await scene.RentAsync(narrow, colliding, NewPool("good"));
        await scene.HashesForAsync("good");
        scene.Worker.Counters().ByCoinbase.Keys.ShouldBe(["own", "good"], ignoreOrder: true);
        scene.Worker.Counters().Reconnects.ShouldBe(0);
    }

    [Fact]
    public async Task A_reconnect_to_the_same_host_is_obeyed_and_to_another_host_it_is_not()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = NewPool("pool");
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");

        pool.AskToReconnect("localhost");
        pool.SendNextJob(isClean: false);
        var jobs = scene.Worker.Counters().Jobs;
        pool.SendNextJob(isClean: false);
        await Eventually.TrueAsync(() => scene.Worker.Counters().Jobs > jobs, ProxyWorld.Generous);
        pool.Counters().Connections.ShouldBe(1);

        pool.AskToReconnect("");
        await Eventually.TrueAsync(() => pool.Counters().Connections == 2, ProxyWorld.Generous);
        await scene.HashesForAsync("pool");
        scene.Worker.Counters().Reconnects.ShouldBe(0);
    }
}
