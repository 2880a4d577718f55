using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A node that goes away in the middle of a contract comes back to where it was.</summary>
public sealed class RestartTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(10_000);

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        JobIntervalSeconds = 600,
        Difficulty = Difficulty.Of(1_000),
        EasiestDifficulty = null,
    });

    private UInt128 InShareLog(ContractId contractId) => ShareLogReader
        .Read(Path.Combine(world.ShareLogDirectory, "node-1"), DateTimeOffset.UnixEpoch)
        .Where(entry => entry.Kind == LogRecordKind.CountedShare)
        .Select(entry => CountedShareRecord.Read(entry.Body))
        .Where(share => share.Stamp.ContractId == contractId && share.Verdict == ShareVerdict.Accepted)
        .Aggregate(UInt128.Zero, (sum, share) => sum + share.Work.Hashes);

    [Fact]
    public async Task Readings_go_on_where_they_stopped_no_share_is_lost_and_the_time_away_is_the_marketplaces_fault()
    {
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(10));
        var worker = world.NewFarm().Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = "one",
            HashesPerSecond = 5_000,
            Password = "d=50",
        });
        var renters = NewPool("renters");

        // A first contract is finished before, so that there is a numbering to go on with.
        var before = await world.RentAsync(rigId, Rate, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), renters);
        await Eventually.TrueAsync(
            () => world.Heard.ReadingsOf(before).Any(reading => reading.IsLast), ProxyWorld.Generous);
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        var contractId = await world.RentAsync(rigId, Rate, startAt, startAt + TimeSpan.FromHours(1), renters);
        await Eventually.TrueAsync(
            async () => (await world.LiveAsync(contractId)).AcceptedShares >= 10, ProxyWorld.Generous);

        var proved = (await world.LiveAsync(contractId)).ProvedWork;
        var awayAt = TimeProvider.System.GetUtcNow();
        await world.StopAsync();
        await world.StartAsync();
        var backAt = TimeProvider.System.GetUtcNow();
        (await world.LiveAsync(contractId)).ProvedWork.ShouldBeGreaterThanOrEqualTo(proved);
        var atRestart = renters.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => renters.Counters().AcceptedShares >= atRestart + 5, ProxyWorld.Generous);

        await world.SayContractAsync(contractId, rigId, Rate, startAt, TimeProvider.System.GetUtcNow(), [renters]);
        await Eventually.TrueAsync(
            () =>
                world.Heard.All<ContractNodeClosed>().Any(
                    closed => closed.ContractId == contractId.Value), ProxyWorld.Generous);

        var readings = world.Heard.ReadingsOf(contractId).DistinctBy(reading => reading.Sequence).ToList();
        var accepted = readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.AcceptedHashes);
        accepted.ShouldBe(InShareLog(contractId));
        var seen = worker.Counters();
        var contractWork = accepted + world.Heard.ReadingsOf(before).Aggregate(
            UInt128.Zero, (sum, one) => sum + one.AcceptedHashes);
        contractWork.ShouldBeGreaterThanOrEqualTo(seen.ByCoinbase["renters"].AcceptedWork.Hashes);
        seen.RejectedSharesByReason.ShouldBeEmpty();
        renters.Counters().RejectedShares.ShouldBe(0);

        readings.Select(reading => reading.MinuteAt).ShouldBeUnique();
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + reading.Missing.MarketplaceHashes)
            .ShouldBeGreaterThanOrEqualTo(Rate.Over(backAt - awayAt - TimeSpan.FromSeconds(1)).Hashes);
        var sequences = world.Heard.All<MeterReadingSealed>().Select(
            reading => reading.Sequence).Distinct().Order().ToList();
        sequences.ShouldBe(Enumerable.Range(1, sequences.Count).Select(number => (long)number));
        world.Heard.All<MeterReadingSealed>().GroupBy(reading => reading.Sequence)
            .ShouldAllBe(group => group.All(one => one.Payload.SequenceEqual(group.First().Payload)));
    }

    [Fact]
    public async Task Job_ids_and_headers_are_not_used_again_after_a_restart()
    {
        var (_, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(100));
        using var before = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        var share = before.Jobs[^1].Mine();
        (await before.SubmitAsync(share)).ShouldBe(0);

        await world.StopAsync();
        await world.StartAsync();
        using var after = await RawWorker.JoinAsync(world.StratumPort, $"{login}.raw");
        after.Jobs.Select(job => job.Id).ShouldNotContain(id => before.Jobs.Any(job => job.Id == id));
        (await after.SubmitAsync(share)).ShouldBe(StratumError.JobNotFoundCode);
        (await after.SubmitAsync(share with { Job = after.Jobs[^1] })).ShouldBe(StratumError.LowDifficultyCode);
        (await after.SubmitAsync(after.Jobs[^1].Mine())).ShouldBe(0);
    }
}
