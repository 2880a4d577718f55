using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.Simulators.Tests;

public sealed class PoolDifficultyTests
{
    [Theory]
    [InlineData("x,d=4000", 4_000)]
    [InlineData("diff=10", 500)]
    [InlineData("x", 2_000)]
    public async Task A_wish_in_the_password_is_granted_down_to_the_easiest(string password, ulong expected)
    {
        await using var pool = Pool(vardiff: null);
        await using var farm = new SimulatedFarm(TimeProvider.System);

        var worker = farm.Add(Settings(pool, FirmwareProfiles.S9) with { Password = password });

        await WorkPerShareBecomes(worker, expected);
    }

    [Fact]
    public async Task A_suggested_difficulty_is_granted()
    {
        await using var pool = Pool(vardiff: null);
        await using var farm = new SimulatedFarm(TimeProvider.System);

        var worker = farm.Add(Settings(pool, FirmwareProfiles.Bitaxe));

        await Soon.IsAsync(
            () => worker.Counters().Jobs >= 2, () => worker.Counters().ToString());
        pool.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task Vardiff_steers_to_its_pace_and_no_share_is_lost_on_the_way()
    {
        await using var pool = Pool(new VardiffSettings(SharesPerMinute: 60, RetargetSeconds: 1));
        await using var farm = new SimulatedFarm(TimeProvider.System);

        var worker = farm.Add(Settings(pool, FirmwareProfiles.Antminer));

        var harder = Work.Of(Difficulty.Of(8_000).ToTarget(Algorithm.Sha256dDemo), Algorithm.Sha256dDemo);
        await Soon.IsAsync(() => worker.Counters().WorkPerShare > harder, () => worker.Counters().ToString());
        worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
    }

    private static async Task WorkPerShareBecomes(SimulatedWorker worker, ulong difficulty)
    {
        var expected = Work.Of(Difficulty.Of(difficulty).ToTarget(Algorithm.Sha256dDemo), Algorithm.Sha256dDemo);
        await Soon.IsAsync(
            () => worker.Counters().WorkPerShare == expected, () => worker.Counters().ToString());
    }

    private static SimulatedPool Pool(VardiffSettings? vardiff)
    {
        var pool = new SimulatedPool(
            new PoolSettings
            {
                CoinbaseText = "pool",
                Difficulty = Difficulty.Of(2_000),
                EasiestDifficulty = Difficulty.Of(500),
                Vardiff = vardiff,
                JobIntervalSeconds = 1,
            },
            TimeProvider.System);
        pool.Start();
        return pool;
    }

    private static WorkerSettings Settings(SimulatedPool pool, FirmwareProfile profile) =>
        new() { Port = pool.Port, Login = "farm.rig", Name = "w1", Profile = profile };
}
