using System.Text.Json;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests;

/// <summary>The promise nobody else makes: any firmware, any pool with four bytes or more, never a reconnect.</summary>
public sealed class SwitchTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    /// <summary>The long run is the soak: half an hour of slices.</summary>
    private static readonly int Switches = Environment.GetEnvironmentVariable("MARKETPLACE_FULL") == "1" ? 360 : 21;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Pools that hold one job and one block for a minute, so that a repeated header would be seen. Their difficulty is
    /// the least that the worker takes: so every share goes up, however little of the machine it gets.
    /// </summary>
    private SimulatedPool HoldingPool(string text, int extranonce1Bytes, int extranonce2Bytes) =>
        world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        Extranonce1SizeBytes = extranonce1Bytes,
        Extranonce2SizeBytes = extranonce2Bytes,
        JobIntervalSeconds = 60,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(500),
        EasiestDifficulty = null,
    });

    [Fact]
    public async Task Every_share_of_a_worker_without_set_extranonce_is_accepted_where_it_belongs_over_many_switches()
    {
        var own = HoldingPool("own", 4, 8);
        var pools = new[] { HoldingPool("seven-six", 7, 6), HoldingPool("four-four", 4, 4) };
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(8));
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            Profile = FirmwareProfiles.Cgminer,
            HashesPerSecond = 8_000,
            Password = "d=500,md=500",
        });
        await Eventually.TrueAsync(() => worker.Counters().HashesFor == "own");

        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        for (var slice = 0; slice < Switches; slice++)
        {
            if (slice % 3 < 2)
            {
                await world.RentAsync(
                    rigId,
                    Hashrate.FromTerahashes(1_000),
                    startAt + slice * Slice,
                    startAt + (slice + 1) * Slice,
                    pools[slice % 3]);
            }
        }

        var limit = startAt + (Switches + 4) * Slice - TimeProvider.System.GetUtcNow();
        await Eventually.TrueAsync(
            () =>
                TimeProvider.System.GetUtcNow() > startAt + Switches * Slice
                    && worker.Counters().HashesFor == "own", limit);
        worker.Pause();
        await Eventually.TrueAsync(() => worker.Counters().UnansweredShares == 0, ProxyWorld.Generous);

        var seen = worker.Counters();
        TestContext.Current.SendDiagnosticMessage(
            $"{seen.SubmittedShares} shares, {seen.ByCoinbase.Values.Sum(pool => pool.Arrivals)} arrivals, "
            + $"{seen.CleanJobs} clean jobs");
        seen.Reconnects.ShouldBe(0);
        seen.ByCoinbase.Values.Sum(pool => pool.Arrivals).ShouldBeGreaterThanOrEqualTo(Switches);
        seen.RejectedSharesByReason.ShouldBeEmpty();
        foreach (var pool in pools.Append(own))
        {
            await Eventually.HoldsAsync(
                () =>
                {
                    var there = pool.Counters();
                    there.AcceptedShares.ShouldBe(
                        worker.Counters().ByCoinbase[pool.CoinbaseText].AcceptedShares,
                        $"{pool.CoinbaseText}: {JsonSerializer.Serialize(there)}");
                    return Task.CompletedTask;
                },
                ProxyWorld.Generous);
            pool.Counters().RejectedShares.ShouldBe(0);
            pool.Counters().AcceptedShares.ShouldBeGreaterThan(0);
        }
    }
}
