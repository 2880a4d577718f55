using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.Simulators.Tests;

/// <summary>Every firmware directly at every kind of pool, without anything between them.</summary>
public sealed class FirmwareAtPoolTests
{
    private const int SharesWanted = 40;

    public static TheoryData<string, int, int> Pairs()
    {
        var pairs = new TheoryData<string, int, int>();
        foreach (var profile in FirmwareProfiles.All)
        {
            pairs.Add(profile.Name, 4, 8);
            pairs.Add(profile.Name, 7, 6);
            pairs.Add(profile.Name, 4, 4);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Every_share_of_every_firmware_is_accepted(
        string profileName, int extranonce1SizeBytes, int extranonce2SizeBytes)
    {
        await using var pool = new SimulatedPool(
            new PoolSettings
            {
                CoinbaseText = "pool",
                Extranonce1SizeBytes = extranonce1SizeBytes,
                Extranonce2SizeBytes = extranonce2SizeBytes,
                Difficulty = Difficulty.Of(2_000),
                EasiestDifficulty = Difficulty.Of(1_000),
                JobIntervalSeconds = 1,
                JobsPerBlock = 2,
            },
            TimeProvider.System);
        pool.Start();
        await using var farm = new SimulatedFarm(TimeProvider.System);
        var profile = FirmwareProfiles.All.Single(profile => profile.Name == profileName);

        var worker = farm.Add(
            new WorkerSettings { Port = pool.Port, Login = "farm.rig", Name = "w1", Profile = profile });
        await Soon.IsAsync(
            () => worker.Counters().AcceptedShares >= SharesWanted && worker.Counters().CleanJobs >= 2,
            () => $"{worker.Counters()} {worker.LastFailure}");

        var counters = worker.Counters();
        counters.RejectedSharesByReason.ShouldBeEmpty();
        counters.Reconnects.ShouldBe(0);
        counters.FailedHandshakes.ShouldBe(0);
        counters.HashesFor.ShouldBe("pool");
        var seen = pool.Counters();
        seen.RejectedShares.ShouldBe(0);
        seen.AcceptedShares.ShouldBeGreaterThanOrEqualTo(counters.AcceptedShares);
        seen.Logins.Count.ShouldBe(profile.NamesPerConnection);
    }

    [Fact]
    public async Task Farm_and_pool_count_the_same_work()
    {
        await using var pool = new SimulatedPool(
            new PoolSettings { CoinbaseText = "pool", Difficulty = Difficulty.Of(3_000) }, TimeProvider.System);
        pool.Start();
        var farm = new SimulatedFarm(TimeProvider.System);
        await using (farm)
        {
            foreach (var (profile, number) in FirmwareProfiles.All.Select((profile, number) => (profile, number)))
            {
                var name = $"w{number}";
                farm.Add(new WorkerSettings { Port = pool.Port, Login = "f.r", Name = name, Profile = profile });
            }

            await Soon.IsAsync(() => pool.Counters().AcceptedShares >= 200, () => pool.Counters().ToString());
            await StopSubmittingAsync(pool, farm);
        }

        var accepted = farm.Counters().Sum(worker => worker.AcceptedShares);
        pool.Counters().AcceptedShares.ShouldBe(accepted);
        Sum(pool.Counters().Logins.Select(login => login.AcceptedWork))
            .ShouldBe(Sum(farm.Counters().Select(worker => worker.ByCoinbase["pool"].AcceptedWork)));
        pool.Counters().RejectedShares.ShouldBe(0);
    }

    /// <summary>The last answers arrive when nobody hashes any more.</summary>
    private static async Task StopSubmittingAsync(SimulatedPool pool, SimulatedFarm farm)
    {
        foreach (var worker in farm.Workers)
        {
            worker.Pause();
        }

        await Soon.IsAsync(
            () => farm.Counters().All(worker => worker.UnansweredShares == 0)
                && pool.Counters().AcceptedShares == farm.Counters().Sum(worker => worker.AcceptedShares),
            () => string.Join('\n', farm.Counters()));
    }

    private static Work Sum(IEnumerable<Work> works) => works.Aggregate(Work.Zero, (sum, work) => sum + work);
}
