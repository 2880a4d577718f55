using Marketplace.HashrateProxy.Upstreams;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>Where no event explains it, what is missing is the seller's: his machines were free to hash.</summary>
public sealed class SellersFaultTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Machines_that_leave_or_stand_still_are_the_sellers_fault()
    {
        var scene = await ContractScene.CreateAsync(world);
        var renters = ContractScene.NewPool(world, "renters");
        await scene.RentAsync(renters);
        await scene.HashesForAsync("renters");

        scene.Worker.Pause();
        await scene.Worker.DisconnectAsync();
        var (awake, idleFrom) = (world.Services.GetRequiredService<AwakeTime>(), TimeProvider.System.GetUtcNow());
        await Eventually.TrueAsync(
            () => awake.Between(idleFrom, TimeProvider.System.GetUtcNow()) > Idle,
            ProxyWorld.Generous,
            "time has passed");
        var readings = await scene.EndAsync(renters);

        var sellersFault = readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.Missing.SellerHashes);
        sellersFault.ShouldBeGreaterThanOrEqualTo(ContractScene.Rate.Over(Idle).Hashes);
    }
}
