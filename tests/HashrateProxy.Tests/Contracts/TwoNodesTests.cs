using Marketplace.HashrateProxy.Persistence;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.Pools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A rig whose machines are connected to two nodes, and a contract that both of them serve.</summary>
public sealed class TwoNodesTests(TwoNodesWorld world) : IClassFixture<TwoNodesWorld>
{
    private static readonly TimeSpan SwitchLimit = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SimulatedPool NewPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        JobsPerBlock = 0,
        Difficulty = Difficulty.Of(2_000),
        EasiestDifficulty = null,
    });

    private async Task<SimulatedWorker[]> ConnectAsync(string login, params int[] ports)
    {
        var farm = world.NewFarm();
        var workers = ports.Select((port, index) => farm.Add(new WorkerSettings
        {
            Port = port,
            Login = login,
            Name = $"w{index}",
            HashesPerSecond = 40_000,
            Password = "d=500",
        })).ToArray();
        await Eventually.TrueAsync(
            () => workers.All(worker => worker.Counters().AcceptedShares > 20), ProxyWorld.Generous);
        return workers;
    }

    /// <summary>Until every node has said that about as much is connected to it as to the other.</summary>
    private async Task UntilSaidAsync(RigId rigId, int nodes)
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        await Eventually.TrueAsync(
            async () =>
            {
                var said = await db.NodeRigs.AsNoTracking().Where(rig => rig.RigId == rigId)
                    .Select(rig => rig.Connected).ToListAsync(Cancel);
                return said.Count == nodes
                    && said.Max().HashesPerSecond * 2 < said.Min().HashesPerSecond * 3;
            },
            ProxyWorld.Generous);
    }

    private static UInt128 Sum(IEnumerable<MeterReading> readings, Func<MeterReading, UInt128> part) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + part(reading));

    private async Task<IReadOnlyList<MeterReading>> FinishedAsync(ContractId contractId)
    {
        await Eventually.TrueAsync(
            () => world.Heard.All<ContractNodeClosed>().Count(one => one.ContractId == contractId.Value) == 2
                && world.Heard.All<ContractNodeClosed>().Where(one => one.ContractId == contractId.Value)
                    .All(closed => closed.LastSequence == 0 || world.Heard.ReadingsOf(contractId)
                        .Any(reading => reading.NodeName == closed.NodeName && reading.IsLast)),
            TimeSpan.FromSeconds(60) + ProxyWorld.Generous);
        return [.. world.Heard.ReadingsOf(contractId).DistinctBy(reading => (reading.NodeName, reading.Sequence))];
    }

    [Fact]
    public async Task Both_deliver_their_part_and_together_they_promise_what_was_promised_to_the_hash()
    {
        var (rigId, login) = await world.NewRigAsync(NewPool("own"), Hashrate.FromTerahashes(200));
        await Eventually.TrueAsync(
            () => world.SecondServices.GetRequiredService<RouteBook>().FindByLogin(login) is not null,
            ProxyWorld.Generous);
        var (first, second) = (world.StratumPort, world.SecondStratumPort);
        var workers = await ConnectAsync(login, first, first, second, second);
        await UntilSaidAsync(rigId, nodes: 2);

        // 40 kH/s count as about 43 TH/s: one machine of two on each node, and a slice now and then.
        var rate = Hashrate.FromTerahashes(90);
        var renters = NewPool("renters");
        var startAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5);
        var endAt = startAt + TimeSpan.FromSeconds(40);
        var contractId = await world.RentAsync(rigId, rate, startAt, endAt, renters);
        var readings = await FinishedAsync(contractId);

        var promised = rate.Over(endAt - startAt).Hashes;
        Sum(readings, reading => reading.PromisedHashes).ShouldBe(promised);
        var hashed = workers.Aggregate(
            UInt128.Zero,
            (sum, worker) =>
                sum + (worker.Counters().ByCoinbase.GetValueOrDefault("renters")?.AcceptedWork.Hashes ?? 0));
        Sum(readings, reading => reading.AcceptedHashes).ShouldBe(hashed);
        hashed.ShouldBeInRange(promised / 2, promised * 3 / 2);
        foreach (var node in readings.GroupBy(reading => reading.NodeName))
        {
            Sum(node, reading => reading.PromisedHashes).ShouldBeInRange(promised / 4, promised * 3 / 4);
            Sum(node, reading => reading.AcceptedHashes).ShouldBeGreaterThan(UInt128.Zero);
            node.Count(reading => reading.IsLast).ShouldBe(1);
        }

        readings.Select(reading => reading.NodeName).Distinct().Order().ShouldBe(["node-1", "node-2"]);
        ShouldBeNumbered();
        workers.ShouldAllBe(worker => worker.Counters().HashesFor == "own" && worker.Counters().Reconnects == 0);
        workers.Max(worker => worker.Counters().HashesForSince).ShouldNotBeNull().ShouldBeLessThan(endAt + SwitchLimit);
    }

    [Fact]
    public async Task A_node_without_a_machine_of_the_rig_closes_the_contract_with_no_reading()
    {
        var (rigId, login) = await world.NewRigAsync(NewPool("own-alone"), Hashrate.FromTerahashes(100));
        await ConnectAsync(login, world.StratumPort);
        await UntilSaidAsync(rigId, nodes: 1);

        var rate = Hashrate.FromTerahashes(40);
        var contractId = await world.RentAsync(
            rigId, rate, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8), NewPool("renters-alone"));
        var readings = await FinishedAsync(contractId);

        readings.ShouldAllBe(reading => reading.NodeName == "node-1");
        Sum(readings, reading => reading.PromisedHashes).ShouldBe(rate.Over(TimeSpan.FromSeconds(8)).Hashes);
        world.Heard.All<ContractNodeClosed>()
            .Single(closed => closed.ContractId == contractId.Value && closed.NodeName == "node-2")
            .LastSequence.ShouldBe(0);
    }

    /// <summary>Each node by itself: 1, 2, 3, ...</summary>
    private void ShouldBeNumbered()
    {
        foreach (var node in world.Heard.All<MeterReadingSealed>().GroupBy(reading => reading.NodeName))
        {
            var sequences = node.Select(reading => reading.Sequence).Distinct().Order().ToList();
            sequences.ShouldBe(Enumerable.Range(1, sequences.Count).Select(number => (long)number));
        }
    }
}
