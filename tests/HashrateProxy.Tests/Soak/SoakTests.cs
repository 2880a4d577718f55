using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Tests.Soak;

/// <summary>Churn, failover, switches, held jobs and refusing pools at once, and every book must still agree.</summary>
public sealed class SoakTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly TimeSpan Length = Environment.GetEnvironmentVariable("MARKETPLACE_FULL") == "1"
        ? TimeSpan.FromMinutes(30)
        : TimeSpan.FromSeconds(60);

    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("MARKETPLACE_SEED"), out var seed) ? seed : 1;

    [Fact]
    public async Task The_log_the_readings_and_the_workers_agree_to_the_hash_and_nothing_counts_twice()
    {
        var floor = await SoakFloor.BuildAsync(world);
        var play = new SoakPlay(world, floor, Seed);
        await play.RunAsync(Length, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => play.Contracts.All(IsClosed), ProxyWorld.Generous);
        floor.Workers.ForEach(worker => worker.Pause());
        await Eventually.HoldsAsync(
            () =>
            {
                play.Contracts.Where(IsMissingReadings).Select(Describe).ShouldBeEmpty();
                return Task.CompletedTask;
            },
            ProxyWorld.Generous);

        var all = SoakLog.Prove(Path.Combine(world.ShareLogDirectory, "node-1"));
        var shares = all.Where(share => share.ContractId is not null).ToList();
        TestContext.Current.SendDiagnosticMessage(
            $"seed {Seed}: {play.Contracts.Count} contracts, {shares.Count} shares of theirs in the log");
        foreach (var contractId in play.Contracts)
        {
            ReadingsOf(contractId).ShouldBe(Proved(shares.Where(share => share.ContractId == contractId)));
        }

        shares.Count.ShouldBeGreaterThan(0);
        all.Select(share => share.Hash).ShouldBeUnique();
        var rented = floor.Workers.SelectMany(worker => worker.Counters().ByCoinbase)
            .Where(pool => pool.Key != floor.Own.CoinbaseText).Select(pool => pool.Value).ToList();
        var told = Sum(rented.Select(pool => pool.AcceptedWork.Hashes));
        var untold = Sum(rented.Select(pool => pool.UnansweredWork.Hashes));
        Proved(shares).ShouldBeInRange(told, told + untold);
        floor.Workers.ShouldAllBe(worker => worker.Counters().RejectedSharesByReason.Keys.All(
            reason => !reason.Contains("uplicate", StringComparison.Ordinal)));
        floor.Pools.Append(floor.Own).SelectMany(pool => pool.Counters().Logins)
            .ShouldAllBe(login => !login.RejectedSharesByReason.ContainsKey("duplicate"));
    }

    private bool IsClosed(ContractId contractId) =>
        world.Heard.All<ContractNodeClosed>().Any(closed => closed.ContractId == contractId.Value);

    /// <summary>A contract that was cancelled before it began has no readings at all.</summary>
    private bool IsMissingReadings(ContractId contractId)
    {
        var readings = world.Heard.ReadingsOf(contractId);
        return readings.Count > 0 && !readings.Any(reading => reading.IsLast);
    }

    private string Describe(ContractId contractId) => $"{contractId}: "
        + string.Join("; ", world.Heard.ReadingsOf(contractId).Select(reading => $"{reading}"))
        + $"; {world.Heard.All<ContractNodeClosed>().Single(closed => closed.ContractId == contractId.Value)}";

    private UInt128 ReadingsOf(ContractId contractId) => Sum(world.Heard.ReadingsOf(contractId)
        .DistinctBy(reading => reading.Sequence).Select(reading => reading.AcceptedHashes));

    private static UInt128 Proved(IEnumerable<ProvedShare> shares) => Sum(shares.Select(share => share.Work.Hashes));

    private static UInt128 Sum(IEnumerable<UInt128> parts) => parts.Aggregate(UInt128.Zero, (sum, part) => sum + part);
}
