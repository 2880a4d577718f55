using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests;

public sealed class FirmwareTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    public static TheoryData<string> Profiles => [.. FirmwareProfiles.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Every_firmware_hashes_for_its_owner_through_the_proxy_and_is_accepted(string firmware)
    {
        var own = world.NewPool(
            new PoolSettings
            {
                CoinbaseText = $"own-{firmware}",
                Difficulty = Difficulty.Of(5_000),
                EasiestDifficulty = null,
            });
        var (_, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(100));
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            Profile = FirmwareProfiles.All.Single(profile => profile.Name == firmware),
            Password = "d=5000",
        });

        await Eventually.TrueAsync(() => worker.Counters().AcceptedShares >= 10, ProxyWorld.Generous);

        worker.Counters().RejectedSharesByReason.ShouldBeEmpty();
        worker.Counters().Reconnects.ShouldBe(0);
        await Eventually.TrueAsync(() => own.Counters().AcceptedShares >= 10, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
    }
}
