using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A rig with one worker that hashes, its owner's pool, and contracts whose readings are heard.</summary>
internal sealed class ContractScene
{
    /// <summary>More than the worker does, so that it is wanted all the time.</summary>
    public static readonly Hashrate Rate = Hashrate.FromTerahashes(20);

    private readonly ProxyWorld _world;

    private ContractScene(ProxyWorld world, RigId rigId, SimulatedWorker worker, SimulatedPool own) =>
        (_world, RigId, Worker, Own) = (world, rigId, worker, own);

    public RigId RigId { get; }

    public SimulatedWorker Worker { get; }

    public SimulatedPool Own { get; }

    public DateTimeOffset StartAt { get; private set; }

    public ContractId ContractId { get; private set; }

    public static SimulatedPool NewPool(ProxyWorld world, string text, PoolFailures? failures = null) =>
        world.NewPool(SettingsOf(text) with { Failures = failures ?? PoolFailures.None });

    public static PoolSettings SettingsOf(string text) => new()
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(500),
        EasiestDifficulty = null,
    };

    /// <param name="world">Where.</param>
    /// <param name="profile">What its worker is; cgminer, which rolls no version, where none is named.</param>
    /// <param name="moreOwnPools">The owner's, after the one called own.</param>
    public static async Task<ContractScene> CreateAsync(
        ProxyWorld world, FirmwareProfile? profile = null, params SimulatedPool[] moreOwnPools)
    {
        var own = NewPool(world, "own");
        var (rigId, login) = await world.NewRigAsync(
            [own.Url, .. moreOwnPools.Select(pool => pool.Url)], Hashrate.FromTerahashes(10));
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            Profile = profile ?? FirmwareProfiles.Cgminer,
            HashesPerSecond = 5_000,
            Password = "d=50",
        });
        var scene = new ContractScene(world, rigId, worker, own);
        await scene.HashesForAsync("own");
        return scene;
    }

    public async Task RentAsync(params SimulatedPool[] pools)
    {
        StartAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        ContractId = await _world.RentAsync(RigId, Rate, StartAt, StartAt + TimeSpan.FromHours(1), pools);
    }

    public Task HashesForAsync(string coinbaseText) => Eventually.TrueAsync(
        () => Worker.Counters().HashesFor == coinbaseText, ProxyWorld.Generous, $"hashes for {coinbaseText}");

    /// <summary>
    /// Stays with the owner's pool for so long that what the contract misses outweighs any luck at another.
    /// </summary>
    public async Task OutlastAsync(SimulatedPool pool)
    {
        var (there, before) = (pool.Counters(), Own.Counters().AcceptedShares);
        var enough = before + 2 * (there.AcceptedShares + there.RejectedShares) + 2;
        await Eventually.TrueAsync(() => Own.Counters().AcceptedShares > enough, ProxyWorld.Generous);
    }

    /// <summary>Ends the contract now and waits for its last reading.</summary>
    public async Task<IReadOnlyList<MeterReading>> EndAsync(params SimulatedPool[] pools)
    {
        await _world.SayContractAsync(ContractId, RigId, Rate, StartAt, TimeProvider.System.GetUtcNow(), pools);
        await Eventually.TrueAsync(
            () => _world.Heard.ReadingsOf(ContractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        return _world.Heard.ReadingsOf(ContractId);
    }
}
