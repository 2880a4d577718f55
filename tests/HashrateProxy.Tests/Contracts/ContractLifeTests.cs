using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A contract from its start to its last reading, as everyone around the proxy sees it.</summary>
public sealed class ContractLifeTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly TimeSpan SwitchLimit = TimeSpan.FromSeconds(5);
    private static readonly Hashrate WholeFleet = Hashrate.FromTerahashes(10_000);

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(2_000),
        EasiestDifficulty = null,
    });

    private async Task<(RigId RigId, List<SimulatedWorker> Workers, SimulatedPool Own)> NewFleetAsync(int size)
    {
        var own = NewPool("own");
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(20));
        var farm = world.NewFarm();
        var workers = Enumerable.Range(1, size).Select(number => farm.Add(new WorkerSettings
        {
            Port = world.StratumPort,
            Login = login,
            Name = $"w{number}",
            Profile = FirmwareProfiles.SingleMachines[number % FirmwareProfiles.SingleMachines.Count],
            HashesPerSecond = 8_000,
            Password = "d=100",
        })).ToList();
        await Eventually.TrueAsync(
            () => workers.TrueForAll(worker => worker.Counters().HashesFor == "own"), ProxyWorld.Generous);
        return (rigId, workers, own);
    }

    private async Task<IReadOnlyList<MeterReading>> FinishedAsync(ContractId contractId, TimeSpan limit)
    {
        // The bus keeps no order: the node may be heard to have closed before its last reading is.
        await Eventually.TrueAsync(
            () => world.Heard.All<ContractNodeClosed>().Any(closed => closed.ContractId == contractId.Value)
                && world.Heard.ReadingsOf(contractId).Any(reading => reading.IsLast),
            limit);
        return world.Heard.ReadingsOf(contractId);
    }

    private static UInt128 AcceptedFor(IEnumerable<SimulatedWorker> workers, string coinbaseText) => workers.Aggregate(
        UInt128.Zero,
        (sum, worker) =>
            sum + (worker.Counters().ByCoinbase.GetValueOrDefault(coinbaseText)?.AcceptedWork.Hashes ?? 0));

    private static UInt128 Sum(IEnumerable<MeterReading> readings, Func<MeterReading, UInt128> part) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + part(reading));

    [Fact]
    public async Task It_starts_and_ends_on_time_and_its_readings_are_what_the_farm_hashed()
    {
        var (rigId, workers, own) = await NewFleetAsync(size: 3);
        var renters = NewPool("renters");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5);
        var endAt = startAt + TimeSpan.FromSeconds(65);
        var contractId = await world.RentAsync(rigId, WholeFleet, startAt, endAt, renters);

        var readings = await FinishedAsync(contractId, TimeSpan.FromSeconds(70) + ProxyWorld.Generous);
        var started = world.Heard.All<ContractStarted>().Single(one => one.ContractId == contractId.Value);
        (started.FirstJobAt - startAt).ShouldBeInRange(TimeSpan.Zero, SwitchLimit);
        foreach (var worker in workers)
        {
            var seen = worker.Counters();
            seen.Reconnects.ShouldBe(0);
            seen.RejectedSharesByReason.ShouldBeEmpty();
            seen.HashesFor.ShouldBe("own");
            (seen.ByCoinbase["renters"].FirstJobAt - startAt).ShouldBeInRange(TimeSpan.Zero, SwitchLimit);
            (seen.HashesForSince!.Value - endAt).ShouldBeInRange(TimeSpan.Zero, SwitchLimit);
        }

        var hashed = AcceptedFor(workers, "renters");
        hashed.ShouldBeGreaterThan(UInt128.Zero);
        Sum(readings, reading => reading.AcceptedHashes).ShouldBe(hashed);
        Sum(readings, reading => reading.PromisedHashes).ShouldBe(WholeFleet.Over(endAt - startAt).Hashes);
        readings.Sum(reading => reading.PoolAnswers.Accepted).ShouldBe((int)renters.Counters().AcceptedShares);
        renters.Counters().RejectedShares.ShouldBe(0);
        own.Counters().RejectedShares.ShouldBe(0);
        readings.Count(reading => reading.IsLast).ShouldBe(1);
        readings[^1].IsLast.ShouldBeTrue();

        var live = await world.LiveAsync(contractId);
        live.ProvedWork.Hashes.ShouldBe(hashed);
        live.ReleasedAt.ShouldNotBeNull();
        live.WorkerCount.ShouldBe(0);
        world.Heard.All<ContractNodeClosed>().Single(closed => closed.ContractId == contractId.Value).LastSequence
            .ShouldBe(readings[^1].Sequence);
        ShouldBeNumberedAndSigned();
    }

    [Fact]
    public async Task A_cancelled_contract_ends_where_it_was_moved_to()
    {
        var (rigId, workers, _) = await NewFleetAsync(size: 2);
        var renters = NewPool("renters-cancelled");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(2);
        var contractId = await world.RentAsync(rigId, WholeFleet, startAt, startAt + TimeSpan.FromHours(1), renters);
        await Eventually.TrueAsync(() => renters.Counters().AcceptedShares > 5, ProxyWorld.Generous);

        var endAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await world.SayContractAsync(contractId, rigId, WholeFleet, startAt, endAt, [renters]);
        var readings = await FinishedAsync(contractId, ProxyWorld.Generous);

        Sum(readings, reading => reading.PromisedHashes).ShouldBe(WholeFleet.Over(endAt - startAt).Hashes);
        Sum(readings, reading => reading.AcceptedHashes).ShouldBe(AcceptedFor(workers, "renters-cancelled"));
        foreach (var worker in workers)
        {
            worker.Counters().HashesFor.ShouldBe("own");
            (worker.Counters().HashesForSince!.Value - endAt).ShouldBeLessThan(SwitchLimit);
        }
    }

    [Fact]
    public async Task A_contract_for_a_part_takes_a_part_of_the_fleet()
    {
        var (rigId, workers, _) = await NewFleetAsync(size: 4);
        await Eventually.TrueAsync(
            () => workers.TrueForAll(worker => worker.Counters().AcceptedShares > 20), ProxyWorld.Generous);
        var renters = NewPool("renters-of-half");

        // 8 kH/s count as about 8.6 TH/s each: two of the four and a slice of one that is now this, now that one.
        var rented = Hashrate.FromTerahashes(20);
        var duration = TimeSpan.FromSeconds(25);
        var contractId = await world.RentAsync(rigId, rented, TimeSpan.FromSeconds(1), duration, renters);
        var readings = await FinishedAsync(contractId, TimeSpan.FromSeconds(25) + ProxyWorld.Generous);

        AcceptedFor(workers, "renters-of-half").ShouldBeInRange(UInt128.One, rented.Over(duration).Hashes * 13 / 10);
        Sum(readings, reading => reading.AcceptedHashes).ShouldBe(AcceptedFor(workers, "renters-of-half"));
        workers.ShouldAllBe(worker => worker.Counters().RejectedShares == 0 && worker.Counters().Reconnects == 0);
    }

    /// <summary>Over all contracts of the node: 1, 2, 3, ... and every one signed by its key.</summary>
    private void ShouldBeNumberedAndSigned()
    {
        var verifier = world.Services.GetRequiredService<PayloadVerifier>();
        var heard = world.Heard.All<MeterReadingSealed>().DistinctBy(reading => reading.Sequence)
            .OrderBy(reading => reading.Sequence).ToList();
        heard.Select(reading => reading.Sequence).ShouldBe(
            Enumerable.Range(1, heard.Count).Select(number => (long)number));
        heard.ShouldAllBe(reading => verifier.Verify("proxy.node-1", reading.Payload, reading.Signature));
        var altered = heard[0].Payload.ToArray();
        altered[^2] ^= 1;
        verifier.Verify("proxy.node-1", altered, heard[0].Signature).ShouldBeFalse();
    }
}
