using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Attested;

/// <summary>Shares that nobody here can hash: what the pool says is what counts, and nothing else.</summary>
public sealed class AttestedShareTests(AttestedWorld world) : IClassFixture<AttestedWorld>
{
    private static UInt128 Accepted(IEnumerable<MeterReading> readings) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes);

    [Fact]
    public async Task A_share_is_credited_once_when_the_pool_accepts_it_and_the_worker_hears_what_the_pool_says()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        var pool = AttestedScene.NewPool(world, "renters");
        await scene.RentAsync(pool);
        var job = await scene.Worker.JobOfAsync("renters");
        scene.Worker.Difficulty.ShouldBe(Difficulty.Of(100));

        var good = AttestedScene.Find(job);
        (await scene.Worker.SubmitAsync(good)).ShouldBe(0);
        (await scene.Worker.SubmitAsync(good)).ShouldBe(StratumError.DuplicateCode);
        (await scene.Worker.SubmitAsync(AttestedScene.Find(job, isGood: false)))
            .ShouldBe(StratumError.LowDifficultyCode);
        (await scene.Worker.SubmitAsync(good with { NTime = job.NTime - 1 })).ShouldBe(StratumError.OtherCode);
        (await scene.Worker.SubmitAsync(good with { VersionBits = 0x2000 })).ShouldBe(StratumError.OtherCode);
        (await scene.Worker.SubmitAsync(good with { Extranonce2 = [1] })).ShouldBe(StratumError.OtherCode);
        (await scene.Worker.SubmitAsync(good, jobId: "nobody")).ShouldBe(StratumError.JobNotFoundCode);
        (await scene.Worker.SubmitAsync(good, user: "somebody.else")).ShouldBe(StratumError.UnauthorisedCode);

        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(scene.ContractId)).RejectedSharesByReason.Values.Sum() == 7,
            ProxyWorld.Generous);
        var live = await world.LiveAsync(scene.ContractId);
        live.IsPoolAttested.ShouldBeTrue();
        (live.AcceptedShares, live.ProvedWork).ShouldBe((1, AttestedScene.ShareWork));
        live.RejectedSharesByReason.ShouldBe(
            new Dictionary<string, long>
            {
                ["unattested"] = 1, ["duplicate"] = 1, ["bad-n-time"] = 1, ["bad-version"] = 1, ["malformed"] = 1,
                ["stale"] = 1, ["unauthorised"] = 1,
            },
            ignoreOrder: true);
        (live.PoolAcceptedShares, live.PoolRefusedShares).ShouldBe((1, 1));
        live.PoolRefusedSharesByReason.Keys.ShouldBe(["23 Low difficulty share"]);
        (pool.Counters().AcceptedShares, pool.Counters().RejectedShares).ShouldBe((1, 1));

        var readings = await scene.EndAsync(pool.Url);
        Accepted(readings).ShouldBe(AttestedScene.ShareWork.Hashes);
        scene.InShareLog().ShouldBe(AttestedScene.ShareWork.Hashes);
        readings.ShouldAllBe(reading => reading.Refused == new RefusedWork(0, 0, 0));
        readings.SelectMany(reading => reading.Workers).SelectMany(worker => worker.Rejected)
            .Single(rejected => rejected.Key == "unattested").Value
            .ShouldBe(new RejectedReading(AttestedScene.ShareWork.Hashes, 1));
    }

    [Fact]
    public async Task A_share_that_the_pool_never_answers_is_not_credited_and_the_worker_is_told()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        var pool = AttestedScene.NewPool(world, "renters");
        await scene.RentAsync(pool);
        var job = await scene.Worker.JobOfAsync("renters");
        pool.Failures = PoolFailures.None with { StopsAnswering = true };
        var answer = scene.Worker.SubmitAsync(AttestedScene.Find(job));
        await Eventually.TrueAsync(() => pool.Counters().AcceptedShares == 1, ProxyWorld.Generous);
        answer.IsCompleted.ShouldBeFalse();

        await pool.DropConnectionsAsync();
        (await answer).ShouldBe(StratumError.OtherCode);

        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(scene.ContractId)).PoolUnansweredShares == 1, ProxyWorld.Generous);
        (await world.LiveAsync(scene.ContractId)).ProvedWork.ShouldBe(Work.Zero);
        Accepted(await scene.EndAsync(pool.Url)).ShouldBe(UInt128.Zero);
        scene.InShareLog().ShouldBe(UInt128.Zero);
    }

    [Fact]
    public async Task A_pool_that_refuses_everything_is_left_for_the_next_and_the_renter_is_not_to_blame()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        var refusing = AttestedScene.NewPool(world, "refusing", new PoolFailures { RefusesEveryNthShare = 1 });
        var good = AttestedScene.NewPool(world, "good");
        await scene.RentAsync(refusing, good);
        var job = await scene.Worker.JobOfAsync("refusing");
        for (uint share = 0; share < 10; share++)
        {
            (await scene.Worker.SubmitAsync(AttestedScene.Find(job, firstNonce: share << 8)))
                .ShouldBe(StratumError.OtherCode);
        }

        (await scene.Worker.SubmitAsync(AttestedScene.Find(await scene.Worker.JobOfAsync("good")))).ShouldBe(0);
        var readings = await scene.EndAsync(refusing.Url, good.Url);
        Accepted(readings).ShouldBe(AttestedScene.ShareWork.Hashes);
        readings.ShouldAllBe(reading => reading.Refused == new RefusedWork(0, 0, 0));
        readings.ShouldAllBe(reading => reading.Missing.RenterHashes == 0);
        refusing.Counters().AcceptedShares.ShouldBe(0);
    }

    [Fact]
    public async Task After_a_restart_the_open_minutes_count_what_pools_accepted_once_and_the_readings_are_the_log()
    {
        using var scene = await AttestedScene.CreateAsync(world);
        var pool = AttestedScene.NewPool(world, "renters");
        await scene.RentAsync(pool);
        var job = await scene.Worker.JobOfAsync("renters");
        (await scene.Worker.SubmitAsync(AttestedScene.Find(job))).ShouldBe(0);
        (await scene.Worker.SubmitAsync(AttestedScene.Find(job, isGood: false))).ShouldNotBe(0);

        await world.StopAsync();
        await world.StartAsync();
        (await world.LiveAsync(scene.ContractId)).ProvedWork.ShouldBe(AttestedScene.ShareWork);
        (await world.LiveAsync(scene.ContractId)).PoolRefusedShares.ShouldBe(1);
        await scene.RejoinAsync();
        job = await scene.Worker.JobOfAsync("renters");
        (await scene.Worker.SubmitAsync(AttestedScene.Find(job))).ShouldBe(0);

        var readings = await scene.EndAsync(pool.Url);
        Accepted(readings).ShouldBe(2 * AttestedScene.ShareWork.Hashes);
        scene.InShareLog().ShouldBe(2 * AttestedScene.ShareWork.Hashes);
        pool.Counters().AcceptedShares.ShouldBe(2);
    }
}
