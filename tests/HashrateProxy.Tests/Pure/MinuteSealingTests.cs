using Marketplace.Messages.HashrateProxy;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class MinuteSealingTests
{
    private static DateTimeOffset After(int seconds) => NodeBench.MidnightAt + TimeSpan.FromSeconds(seconds);

    private static UInt128 Sum(IEnumerable<MeterReading> readings, Func<MeterReading, UInt128> part) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + part(reading));

    /// <summary>No minute twice, none left out, one number after the other, and the last one says so.</summary>
    private static void ShouldBeWhole(IReadOnlyList<MeterReading> readings)
    {
        readings.Select(reading => reading.Sequence).ShouldBe(
            Enumerable.Range(1, readings.Count).Select(number => (long)number));
        readings.Select(reading => reading.MinuteAt).ShouldBe(
            Enumerable.Range(0, readings.Count).Select(minute => readings[0].MinuteAt + TimeSpan.FromMinutes(minute)));
        readings.Select(reading => reading.IsLast).ShouldBe(
            Enumerable.Range(1, readings.Count).Select(number => number == readings.Count));
        foreach (var reading in readings)
        {
            var missing = reading.Missing;
            (missing.SellerHashes + missing.RenterHashes + missing.PoolHashes + missing.MarketplaceHashes)
                .ShouldBe(new Work(reading.AcceptedHashes).ShortOf(new Work(reading.PromisedHashes)).Hashes);
        }
    }

    public static TheoryData<int, int> Spans
    {
        get
        {
            var random = new Random(60);
            var spans = new TheoryData<int, int>
            {
                { 60, 120 }, { 60, 60 }, { 90, 85 }, { 90, 89 }, { 118, 2 }, { 59, 1 }, { 60, 59 },
            };
            for (var more = 0; more < 20; more++)
            {
                spans.Add(random.Next(1, 120), random.Next(1, 300));
            }

            return spans;
        }
    }

    [Theory]
    [MemberData(nameof(Spans))]
    public async Task Every_second_of_a_contract_is_promised_and_every_share_is_read_once(
        int startSecond, int durationSeconds)
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(startSecond), After(startSecond + durationSeconds), version: 1);
        node.RunUntil(After(startSecond + durationSeconds + 90), isServed: true);

        var readings = node.Readings();
        ShouldBeWhole(readings);
        Sum(readings, reading => reading.PromisedHashes).ShouldBe(
            NodeBench.Promised(TimeSpan.FromSeconds(durationSeconds)));
        Sum(readings, reading => reading.AcceptedHashes).ShouldBe(node.Proved);
        node.Book.Rigs.Single().Read((_, routes) => routes.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(58)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(75)]
    public async Task A_cancelled_contract_promises_nothing_after_its_new_end(int cancelledAfterSeconds)
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(60), After(6_000), version: 1);
        node.RunUntil(After(60 + cancelledAfterSeconds), isServed: true);
        node.SayContract(After(60), After(60 + cancelledAfterSeconds), version: 2);
        node.SayContract(After(60), After(6_000), version: 1);
        node.RunUntil(After(300), isServed: true);

        ShouldBeWhole(node.Readings());
        Sum(node.Readings(), reading => reading.PromisedHashes)
            .ShouldBe(NodeBench.Promised(TimeSpan.FromSeconds(cancelledAfterSeconds)));
        Sum(node.Readings(), reading => reading.AcceptedHashes).ShouldBe(node.Proved);
    }

    [Fact]
    public async Task A_contract_that_is_cancelled_before_its_start_has_no_reading()
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(60), After(600), version: 1);
        node.SayContract(After(60), After(60), version: 2);
        node.RunUntil(After(200), isServed: true);
        node.Readings().ShouldBeEmpty();
        node.Book.Rigs.Single().Read((_, routes) => routes.Count).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_contract_misses_because_it_is_heard_of_late_is_the_marketplaces_fault()
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.RunUntil(After(100), isServed: true);
        node.SayContract(After(10), After(130), version: 1);
        node.RunUntil(After(200), isServed: true);

        ShouldBeWhole(node.Readings());
        Sum(node.Readings(), reading => reading.Missing.MarketplaceHashes).ShouldBe(
            NodeBench.Promised(TimeSpan.FromSeconds(90)));
        Sum(node.Readings(), reading => reading.Missing.SellerHashes).ShouldBe(UInt128.Zero);
    }

    [Fact]
    public async Task A_contract_may_be_heard_of_before_its_rig()
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayContract(After(60), After(120), version: 1);
        node.SayContract(After(60), After(90), version: 2);
        node.SayRig();
        node.RunUntil(After(200), isServed: true);
        Sum(node.Readings(), reading => reading.PromisedHashes).ShouldBe(NodeBench.Promised(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(70, 5)]
    [InlineData(115, 20)]
    [InlineData(100, 200)]
    [InlineData(295, 30)]
    public async Task A_disk_that_is_full_costs_what_it_costs_and_is_the_marketplaces_fault(int from, int seconds)
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(60), After(300), version: 1);
        node.RunUntil(After(from), isServed: true);
        node.Disk.RoomBytes = 40;
        node.RunUntil(After(from + seconds), isServed: true);
        node.Disk.RoomBytes = long.MaxValue;
        node.RunUntil(After(400), isServed: true);

        ShouldBeWhole(node.Readings());
        Sum(node.Readings(), reading => reading.PromisedHashes).ShouldBe(
            NodeBench.Promised(TimeSpan.FromSeconds(240)));
        Sum(node.Readings(), reading => reading.AcceptedHashes).ShouldBe(node.Proved);
        node.Proved.ShouldBeLessThan(NodeBench.Promised(TimeSpan.FromSeconds(240)));
        var missing = NodeBench.Promised(TimeSpan.FromSeconds(240)) - node.Proved;
        Sum(node.Readings(), reading => reading.Missing.MarketplaceHashes).ShouldBeInRange(
            missing - NodeBench.Promised(TimeSpan.FromSeconds(1)), missing);
    }

    [Theory]
    [InlineData(70, 20)]
    [InlineData(110, 95)]
    public async Task What_a_contract_misses_because_the_node_stood_still_is_the_marketplaces_fault(
        int from, int seconds)
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(60), After(240), version: 1);
        node.RunUntil(After(from), isServed: true);
        node.SleepFor(TimeSpan.FromSeconds(seconds));
        node.RunUntil(After(400), isServed: true);

        ShouldBeWhole(node.Readings());
        Sum(node.Readings(), reading => reading.Missing.MarketplaceHashes).ShouldBe(
            NodeBench.Promised(TimeSpan.FromSeconds(seconds)));
        Sum(node.Readings(), reading => reading.Missing.SellerHashes).ShouldBe(UInt128.Zero);
    }

    [Fact]
    public async Task While_no_pool_works_what_is_missing_is_not_the_sellers()
    {
        await using var node = await NodeBench.CreateAsync();
        node.SayRig();
        node.SayContract(After(45), After(165), version: 1);
        node.RunUntil(After(250), isServed: false);

        ShouldBeWhole(node.Readings());
        Sum(node.Readings(), reading => reading.Missing.PoolHashes).ShouldBe(
            NodeBench.Promised(TimeSpan.FromSeconds(120)));
        Sum(node.Readings(), reading => reading.Missing.SellerHashes).ShouldBe(UInt128.Zero);
    }
}
