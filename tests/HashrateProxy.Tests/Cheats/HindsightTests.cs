using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Cheats;

/// <summary>
/// A seller who looks at what his machines found before he says for whom they found it: two renters' pools whose jobs
/// differ only in whom they pay.
/// </summary>
public sealed class HindsightTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private const int Shares = 3;
    private static readonly Hashrate WholeFleet = Hashrate.FromTerahashes(1_000);

    [Fact]
    public async Task What_was_found_for_one_renter_cannot_be_sold_to_another()
    {
        var ntime = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var own = new ScriptedPool(PoolScript.Of("own", 8, "20000", ntime));
        await using var poor = new ScriptedPool(PoolScript.Of("poor", 8, "20000", ntime));
        await using var rich = new ScriptedPool(PoolScript.Of("rich", 8, "20000", ntime));
        var (rigId, login) = await world.NewRigAsync(own.Url, Hashrate.FromTerahashes(100));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw", "d=20000");

        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var poorId = await RentAsync(rigId, startAt, poor);
        var poorJob = await worker.JobOfAsync("poor");
        var found = Mine(poorJob);
        var richId = await RentAsync(rigId, startAt + TimeSpan.FromSeconds(1), rich);
        await world.SayContractAsync(
            poorId, rigId, WholeFleet, startAt, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1), [poor.Url]);
        var richJob = await worker.JobOfAsync("rich");

        foreach (var share in found)
        {
            (await worker.SubmitAsync(share, jobId: richJob.Id)).ShouldBe(StratumError.LowDifficultyCode);
            (await worker.SubmitAsync(share)).ShouldBe(0);
            (await worker.SubmitAsync(share, jobId: richJob.Id)).ShouldBe(StratumError.LowDifficultyCode);
        }

        await world.SayContractAsync(
            richId, rigId, WholeFleet, startAt, TimeProvider.System.GetUtcNow(), [rich.Url]);
        await Eventually.TrueAsync(() => HasEnded(poorId) && HasEnded(richId), ProxyWorld.Generous);
        ProvedFor(poorId).ShouldBe(Shares * Work.Of(poorJob.Work.Target, Algorithm.Sha256dDemo).Hashes);
        ProvedFor(richId).ShouldBe(UInt128.Zero);
        rich.Submits.ShouldBeEmpty();
    }

    private async Task<ContractId> RentAsync(RigId rigId, DateTimeOffset startAt, ScriptedPool pool)
    {
        var contractId = TypedId.New<ContractId>(TimeProvider.System);
        await world.SayContractAsync(
            contractId, rigId, WholeFleet, startAt, startAt + TimeSpan.FromMinutes(5), [pool.Url]);
        return contractId;
    }

    private static List<RawShare> Mine(RawJob job)
    {
        List<RawShare> found = [];
        for (var nonce = 0u; found.Count < Shares; nonce = found[^1].Nonce + 1)
        {
            found.Add(job.Mine(firstNonce: nonce));
        }

        return found;
    }

    private bool HasEnded(ContractId contractId) =>
        world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast);

    private UInt128 ProvedFor(ContractId contractId) => world.Heard.ReadingsOf(contractId)
        .Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes);
}
