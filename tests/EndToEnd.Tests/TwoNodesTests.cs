using Marketplace.Simulators.MainLine;

namespace Marketplace.EndToEnd.Tests;

/// <summary>
/// The same line, with every service as its own process, the fleet split over two nodes of the proxy, and Redis lost on
/// the way.
/// </summary>
[Collection(DistributedMarketplace.Tests)]
public sealed class TwoNodesTests(DistributedMarketplace marketplace)
{
    /// <summary>A node hears of a cancellation from the other one a little later.</summary>
    private static readonly TimeSpan NewsTime = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_deliver_one_contract_and_losing_Redis_changes_no_ones_money()
    {
        Assert.SkipUnless(DistributedMarketplace.IsThere, "Everything is one process here.");
        var report = await MainLineDriver.RunAsync(
            DistributedMarketplace.Line with { Interrupt = marketplace.LoseRedisAsync },
            TimeProvider.System,
            step => TestContext.Current.SendDiagnosticMessage($"{step.Name}: {step.Took.TotalSeconds:0.0} s"),
            Cancel);
        report.Failures.ShouldBeEmpty();

        var contract = report.Contract.ShouldNotBeNull();
        var readings = await marketplace.ReadingsOfAsync(contract.Id, Cancel);
        readings.Select(reading => reading.Node).Distinct().ShouldBe(["node-1", "node-2"]);
        foreach (var node in readings.GroupBy(reading => reading.Node))
        {
            Sum(node, reading => reading.Accepted).ShouldBeGreaterThan(Work.Zero, node.Key);
            node.Count(reading => reading.IsLast).ShouldBe(1, node.Key);
        }

        Sum(readings, reading => reading.Accepted).ShouldBe(report.Settlement.ShouldNotBeNull().ProvedWork);
        var minute = TimeSpan.FromMinutes(1);
        var whole = readings.GroupBy(reading => reading.MinuteAt)
            .Where(one => one.Key >= contract.StartAt && one.Key + minute <= contract.EndAt).ToList();
        whole.ShouldNotBeEmpty();
        whole.ShouldAllBe(one => Sum(one, reading => reading.Promised) == contract.Hashrate.Over(minute));
        var ran = contract.EndAt - contract.StartAt;
        Sum(readings, reading => reading.Promised)
            .ShouldBeInRange(contract.Hashrate.Over(ran), contract.Hashrate.Over(ran + NewsTime));
    }

    private static Work Sum(IEnumerable<NodeMinute> readings, Func<NodeMinute, Work> part) =>
        readings.Aggregate(Work.Zero, (sum, reading) => sum + part(reading));
}
