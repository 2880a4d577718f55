using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Cheats;

/// <summary>
/// A seller whose own pool hands out the jobs of his renter's pool: what his machines found for it before, or find for
/// it meanwhile, must be worth nothing under the contract, and nothing may be paid twice.
/// </summary>
public sealed class ReplayedJobTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly Hashrate WholeFleet = Hashrate.FromTerahashes(15);

    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 2)]
    public async Task A_header_found_for_a_copied_job_is_refused_under_the_contract(
        int extranonce2Bytes, int shiftedBytes)
    {
        var ntime = (uint)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await using var own = new ScriptedPool(
            PoolScript.Of("twin", extranonce2Bytes, "1000", ntime, shiftedBytes));
        await using var renters = new ScriptedPool(PoolScript.Of("twin", extranonce2Bytes, "1000", ntime));
        var (rigId, login) = await world.NewRigAsync(own.Url, Hashrate.FromTerahashes(10));
        using var worker = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");

        var paidBefore = worker.Jobs[^1].Mine();
        var keptBack = worker.Jobs[^1].Mine(firstNonce: paidBefore.Nonce + 1);
        (await worker.SubmitAsync(paidBefore)).ShouldBe(0);

        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = TypedId.New<ContractId>(TimeProvider.System);
        await world.SayContractAsync(
            contractId, rigId, WholeFleet, startAt, startAt + TimeSpan.FromSeconds(15), [renters.Url]);
        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(contractId)).FirstJobAt is not null, ProxyWorld.Generous);
        var rented = await worker.NextJobAsync(worker.Jobs.Count);

        (await worker.SubmitAsync(keptBack, jobId: rented.Id)).ShouldBeOneOf(Refusals);
        (await worker.SubmitAsync(paidBefore, jobId: rented.Id)).ShouldBeOneOf(Refusals);
        var honest = rented.Mine();
        (await worker.SubmitAsync(honest)).ShouldBe(0);
        (await worker.SubmitAsync(honest, jobId: paidBefore.Job.Id)).ShouldBeOneOf(Refusals);

        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        world.Heard.ReadingsOf(contractId).Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes)
            .ShouldBe(Work.Of(rented.Work.Target, Algorithm.Sha256dDemo).Hashes);
        renters.Submits.Count.ShouldBe(1);
    }

    private static readonly int[] Refusals =
    [
        StratumError.OtherCode,
        StratumError.JobNotFoundCode,
        StratumError.DuplicateCode,
        StratumError.LowDifficultyCode,
    ];
}
