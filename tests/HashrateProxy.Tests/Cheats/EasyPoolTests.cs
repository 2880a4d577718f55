using Marketplace.HashrateProxy.Tests.Line;

namespace Marketplace.HashrateProxy.Tests.Cheats;

/// <summary>
/// A renter whose pool asks for a difficulty of 0.001, so that every hash is a share: it would flood the node, and the
/// time it costs is the renter's.
/// </summary>
public sealed class EasyPoolTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    [Fact]
    public async Task A_pool_that_takes_anything_is_given_nothing_and_the_renter_bears_it()
    {
        var ntime = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var own = new ScriptedPool(PoolScript.Of("own", 8, "1000", ntime));
        await using var easy = new ScriptedPool(PoolScript.Of("easy", 8, "0.001", ntime));
        var (rigId, login) = await world.NewRigAsync(own.Url, Hashrate.FromTerahashes(100));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");

        var contractId = TypedId.New<ContractId>(TimeProvider.System);
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await world.SayContractAsync(
            contractId, rigId, Hashrate.FromTerahashes(1_000), startAt, startAt + TimeSpan.FromSeconds(8), [easy.Url]);
        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);

        var readings = world.Heard.ReadingsOf(contractId);
        var missing = readings.Select(reading => reading.Missing).ToList();
        Sum(missing.Select(one => one.RenterHashes)).ShouldBeGreaterThan(UInt128.Zero);

        // What passes until the pool is seen to be too easy is not yet put down to anyone.
        Sum(missing.Select(one => one.SellerHashes)).ShouldBeLessThan(
            Sum(readings.Select(reading => reading.PromisedHashes)) / 2);
        Sum(readings.Select(reading => reading.AcceptedHashes)).ShouldBe(UInt128.Zero);
        easy.Submits.ShouldBeEmpty();
        worker.Jobs.ShouldAllBe(job => job.CoinbaseText == "own");
        (await worker.SubmitAsync(worker.Jobs[^1].Mine())).ShouldBe(0);
    }

    private static UInt128 Sum(IEnumerable<UInt128> parts) => parts.Aggregate(UInt128.Zero, (sum, part) => sum + part);
}
