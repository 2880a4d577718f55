using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Soak;

/// <summary>Two rigs of every firmware and pools of every temper: what a soak plays with.</summary>
internal sealed class SoakFloor
{
    private const int WorkersPerRig = 5;

    private SoakFloor(IReadOnlyList<SimulatedPool> pools, SimulatedPool own) => (Pools, Own) = (pools, own);

    /// <summary>The renters' pools.</summary>
    public IReadOnlyList<SimulatedPool> Pools { get; }

    public SimulatedPool Own { get; }

    public List<RigId> Rigs { get; } = [];

    public List<SimulatedWorker> Workers { get; } = [];

    public static async Task<SoakFloor> BuildAsync(ProxyWorld world)
    {
        var floor = new SoakFloor(
            [
                Pool(world, "quick", 4, 8, jobSeconds: 5, jobsPerBlock: 3),
                Pool(world, "holding", 7, 6, jobSeconds: 60, jobsPerBlock: 0),
                Pool(world, "short", 4, 4, jobSeconds: 20, jobsPerBlock: 0),
                Pool(world, "refusing", 4, 8, jobSeconds: 10, jobsPerBlock: 6, PoolFailures.None with
                {
                    RefusesEveryNthShare = 3,
                }),
            ],
            Pool(world, "own", 4, 4, jobSeconds: 15, jobsPerBlock: 4));
        for (var rig = 0; rig < 2; rig++)
        {
            var (rigId, login) = await world.NewRigAsync(floor.Own, Hashrate.FromTerahashes(200));
            floor.Rigs.Add(rigId);
            var farm = world.NewFarm();
            for (var number = 0; number < WorkersPerRig; number++)
            {
                floor.Workers.Add(farm.Add(new WorkerSettings
                {
                    Port = world.StratumPort,
                    Login = login,
                    Name = $"w{number}",
                    Profile = FirmwareProfiles.SingleMachines[number % FirmwareProfiles.SingleMachines.Count],
                    HashesPerSecond = 30_000,
                    Password = "d=500",
                }));
            }
        }

        await Eventually.TrueAsync(
            () => floor.Workers.TrueForAll(worker => worker.Counters().HashesFor == "own"), ProxyWorld.Generous);
        return floor;
    }

    private static SimulatedPool Pool(
        ProxyWorld world,
        string text,
        int extranonce1Bytes,
        int extranonce2Bytes,
        int jobSeconds,
        int jobsPerBlock,
        PoolFailures? failures = null) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        Extranonce1SizeBytes = extranonce1Bytes,
        Extranonce2SizeBytes = extranonce2Bytes,
        JobIntervalSeconds = jobSeconds,
        JobsPerBlock = jobsPerBlock,
        Difficulty = Difficulty.Of(1_000),
        EasiestDifficulty = null,
        Failures = failures ?? PoolFailures.None,
    });
}
