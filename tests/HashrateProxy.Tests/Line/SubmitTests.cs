using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Line;

/// <summary>Every wrong submit has its own answer and is counted under its own reason.</summary>
public sealed class SubmitTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobIntervalSeconds = 600,
        Difficulty = Difficulty.Of(1_000),
        EasiestDifficulty = null,
    });

    private async Task<(RawWorker Worker, RigId RigId, SimulatedPool Own)> JoinAsync(bool rollsVersions = false)
    {
        var own = NewPool("own");
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(10));
        return (await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw", rollsVersions: rollsVersions), rigId, own);
    }

    [Fact]
    public async Task A_share_is_credited_once()
    {
        var (worker, _, own) = await JoinAsync();
        using var _1 = worker;
        var share = worker.Jobs[^1].Mine();
        (await worker.SubmitAsync(share)).ShouldBe(0);
        (await worker.SubmitAsync(share)).ShouldBe(StratumError.DuplicateCode);
        (await worker.SubmitAsync(share)).ShouldBe(StratumError.DuplicateCode);
        await Eventually.TrueAsync(() => own.Counters().AcceptedShares == 1, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_shares_get_the_right_answer_and_are_counted_by_reason()
    {
        var (worker, rigId, own) = await JoinAsync();
        using var _1 = worker;
        var renters = NewPool("renters");
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), renters);
        await worker.JobOfAsync("renters");

        var share = worker.Jobs[^1].Mine();
        (await worker.SubmitAsync(share)).ShouldBe(0);
        (await worker.SubmitAsync(share)).ShouldBe(StratumError.DuplicateCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(misses: true))).ShouldBe(StratumError.LowDifficultyCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(ntimeOffset: -1))).ShouldBe(StratumError.OtherCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(ntimeOffset: 7_001))).ShouldBe(StratumError.OtherCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(versionBits: 0x2000))).ShouldBe(StratumError.OtherCode);
        (await worker.SubmitAsync(share, jobId: "nobody")).ShouldBe(StratumError.JobNotFoundCode);
        (await worker.SubmitAsync(share, user: "somebody.else")).ShouldBe(StratumError.UnauthorisedCode);
        (await worker.SubmitAsync(share with { Extranonce2 = [1, 2] })).ShouldBe(StratumError.OtherCode);
        (await worker.SubmitAsync(share with { Extranonce2 = new byte[33] })).ShouldBe(StratumError.OtherCode);
        RawWorker.CodeOf(await worker.CallAsync("mining.submit", worker.User, share.Job.Id)).ShouldBe(
            StratumError.OtherCode);
        RawWorker.CodeOf(
            await worker.CallAsync("mining.submit", worker.User, share.Job.Id, "zz", "zz", "zz")).ShouldBe(
                StratumError.OtherCode);
        RawWorker.CodeOf(await worker.CallAsync("mining.submit", 1, 2, 3, 4, 5)).ShouldBe(StratumError.OtherCode);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(firstNonce: share.Nonce + 1))).ShouldBe(0);

        await Eventually.TrueAsync(
            async () =>
                (await world.LiveAsync(contractId)).RejectedSharesByReason.Values.Sum() == 12, ProxyWorld.Generous);
        var live = await world.LiveAsync(contractId);
        live.AcceptedShares.ShouldBe(2);
        live.ProvedWork.ShouldBe(new Work(2 * Work.Of(share.Job.Work.Target, Algorithm.Sha256dDemo).Hashes));
        live.RejectedSharesByReason.ShouldBe(
            new Dictionary<string, long>
            {
                ["duplicate"] = 1, ["low-difficulty"] = 1, ["bad-n-time"] = 2, ["bad-version"] = 1, ["stale"] = 1,
                ["unauthorised"] = 1, ["malformed"] = 5,
            },
            ignoreOrder: true);
        await Eventually.TrueAsync(() => renters.Counters().AcceptedShares == 2, ProxyWorld.Generous);
        renters.Counters().RejectedShares.ShouldBe(0);
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task Version_bits_count_inside_the_mask_and_not_outside()
    {
        var (worker, _, own) = await JoinAsync(rollsVersions: true);
        using var _1 = worker;
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(versionBits: 0x00ffe000))).ShouldBe(0);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(versionBits: 0))).ShouldBe(0);
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(versionBits: 0x20000000))).ShouldBe(StratumError.OtherCode);
        await Eventually.TrueAsync(() => own.Counters().AcceptedShares == 2, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task A_time_may_be_rolled_ahead_as_far_as_pools_allow()
    {
        var (worker, _, own) = await JoinAsync();
        using var _1 = worker;
        (await worker.SubmitAsync(worker.Jobs[^1].Mine(ntimeOffset: 7_000))).ShouldBe(0);
        await Eventually.TrueAsync(() => own.Counters().AcceptedShares == 1, ProxyWorld.Generous);
        own.Counters().RejectedShares.ShouldBe(0);
    }

    [Fact]
    public async Task A_late_share_is_credited_to_the_contract_of_its_job()
    {
        var (worker, rigId, own) = await JoinAsync();
        using var _1 = worker;
        var renters = NewPool("renters");
        var contractId = await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6), renters);
        var rented = await worker.JobOfAsync("renters");
        await worker.JobOfAsync("own");

        (await worker.SubmitAsync(rented.Mine())).ShouldBe(0);
        await Eventually.TrueAsync(() => renters.Counters().AcceptedShares == 1, ProxyWorld.Generous);
        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast), ProxyWorld.Generous);
        world.Heard.ReadingsOf(contractId).Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes)
            .ShouldBe(Work.Of(rented.Work.Target, Algorithm.Sha256dDemo).Hashes);

        // The grace is over and the last minute is sealed: nothing more is taken for this contract.
        (await worker.SubmitAsync(rented.Mine(firstNonce: 1 << 20))).ShouldBe(StratumError.JobNotFoundCode);
        own.Counters().RejectedShares.ShouldBe(0);
    }
}
