using Marketplace.HashrateProxy.Tests.Line;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>
/// A pool that leaves four bytes leaves none for a prefix of ours: two workers with one extranonce1 must never meet on
/// a connection.
/// </summary>
public sealed class SeatTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    /// <summary>More than the byte of extranonce1 can tell apart.</summary>
    private const int Workers = 300;

    private SimulatedPool NarrowPool(string text) => world.NewPool(new PoolSettings
    {
        CoinbaseText = text,
        Extranonce2SizeBytes = 4,
        JobIntervalSeconds = 600,
        JobsPerBlock = 0,
    });

    [Fact]
    public async Task More_workers_than_one_connection_seats_are_spread_over_two_and_no_two_share_a_header_space()
    {
        var (own, renters) = (NarrowPool("own"), NarrowPool("renters"));
        var (rigId, login) = await world.NewRigAsync(own, Hashrate.FromTerahashes(100));
        var workers = new List<RawWorker>();
        for (var number = 0; number < Workers; number++)
        {
            workers.Add(await RawWorker.JoinAsync(world.StratumPort, $"{login}.{number}"));
        }

        ShouldNotMeet(workers.ConvertAll(worker => worker.Jobs[^1]));
        own.Counters().Connections.ShouldBe(2);

        await world.RentAsync(
            rigId, Hashrate.FromTerahashes(1_000), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), renters);
        foreach (var worker in workers)
        {
            await worker.JobOfAsync("renters");
        }

        ShouldNotMeet(workers.ConvertAll(worker => worker.Jobs[^1]));
        renters.Counters().Connections.ShouldBe(2);
        workers.ForEach(worker => worker.Dispose());
    }

    /// <summary>What a worker may not vary, whatever its firmware does to the time.</summary>
    private static void ShouldNotMeet(IReadOnlyCollection<RawJob> jobs) => jobs
        .Select(job =>
            Convert.ToHexString(job.Work.PoolJob.Coinbase1) + Convert.ToHexString(job.Extranonce1))
        .ToHashSet().Count.ShouldBe(Workers);
}
