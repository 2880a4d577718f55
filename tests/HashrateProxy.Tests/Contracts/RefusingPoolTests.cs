using Marketplace.HashrateProxy.ShareLog;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>A renter's pool that takes work and says no.</summary>
public sealed class RefusingPoolTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly PoolFailures RefusesAll = new() { RefusesEveryNthShare = 1 };

    private static UInt128 Sum(IEnumerable<MeterReading> readings, Func<MeterReading, UInt128> part) =>
        readings.Aggregate(UInt128.Zero, (sum, reading) => sum + part(reading));

    private List<RefusedWorkRecord> RefusedInShareLog(ContractId contractId) =>
    [
        .. ShareLogReader.Read(Path.Combine(world.ShareLogDirectory, "node-1"), DateTimeOffset.UnixEpoch)
            .Where(entry => entry.Kind == LogRecordKind.RefusedWork)
            .Select(entry => RefusedWorkRecord.Read(entry.Body))
            .Where(record => record.ContractId == contractId),
    ];

    [Fact]
    public async Task A_pool_that_refuses_every_share_is_left_and_what_it_took_is_disputed()
    {
        var scene = await ContractScene.CreateAsync(world);
        var cheat = ContractScene.NewPool(world, "cheat", RefusesAll);
        await scene.RentAsync(cheat);
        await scene.HashesForAsync("cheat");
        await scene.HashesForAsync("own");

        await Eventually.TrueAsync(() => cheat.Counters().OpenConnections == 0, ProxyWorld.Generous);
        var readings = await scene.EndAsync(cheat);
        var taken = Sum(readings, reading => reading.AcceptedHashes);
        taken.ShouldBeLessThan(ContractScene.Rate.Over(TimeSpan.FromMinutes(1)).Hashes);
        Sum(readings, reading => reading.Refused.DisputedHashes).ShouldBe(taken);
        Sum(readings, reading => reading.Refused.UnpaidHashes).ShouldBe(UInt128.Zero);
        Sum(readings, reading => reading.Missing.RenterHashes).ShouldBeGreaterThan(UInt128.Zero);
        cheat.Counters().Connections.ShouldBe(1);
        scene.Worker.Counters().Reconnects.ShouldBe(0);
    }

    [Fact]
    public async Task The_next_destination_is_taken_and_its_work_is_not_in_doubt()
    {
        var scene = await ContractScene.CreateAsync(world);
        var (cheat, good) = (ContractScene.NewPool(world, "cheat", RefusesAll), ContractScene.NewPool(world, "good"));
        await scene.RentAsync(cheat, good);
        await scene.HashesForAsync("good");
        await Eventually.TrueAsync(() => good.Counters().AcceptedShares >= 5, ProxyWorld.Generous);

        var readings = await scene.EndAsync(cheat, good);
        Sum(readings, reading => reading.Refused.DisputedHashes)
            .ShouldBeLessThan(Sum(readings, reading => reading.AcceptedHashes));
        good.Counters().RejectedShares.ShouldBe(0);
    }

    [Theory]
    [InlineData("Rejected", false)]
    [InlineData("Unauthorized worker", true)]
    public async Task What_was_refused_in_an_open_minute_outlives_a_restart(string words, bool isByOurFault)
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = ContractScene.NewPool(world, "pool", RefusesAll with { RefusalText = words });
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");
        await scene.HashesForAsync("own");

        pool.Failures = PoolFailures.None;
        await world.StopAsync();
        var refused = RefusedInShareLog(scene.ContractId);
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(record => record.IsByOurFault == isByOurFault);
        await world.StartAsync();
        await scene.HashesForAsync("pool");

        var readings = await scene.EndAsync(pool);
        var counted = Sum(
            readings, reading => isByOurFault ? reading.Refused.MarketplaceHashes : reading.Refused.DisputedHashes);
        counted.ShouldBe(refused.Aggregate(UInt128.Zero, (sum, record) => sum + record.Work.Hashes));
    }

    [Theory]
    [InlineData("Unauthorized worker", RejectForm.FalseWithReason)]
    [InlineData("Invalid extranonce2 size", RejectForm.Text)]
    [InlineData("bad-version", RejectForm.CodeAndMessage)]
    public async Task Shares_refused_for_what_we_sent_are_not_disputed_and_the_missing_work_is_ours(
        string words, RejectForm form)
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = ContractScene.NewPool(
            world, "pool", RefusesAll with { RefusalText = words, RejectForm = form });
        await scene.RentAsync(pool);
        await scene.HashesForAsync("pool");
        await scene.HashesForAsync("own");

        await scene.OutlastAsync(pool);
        var readings = await scene.EndAsync(pool);
        Sum(readings, reading => reading.Refused.DisputedHashes).ShouldBe(UInt128.Zero);
        Sum(readings, reading => reading.Refused.MarketplaceHashes).ShouldBe(
            Sum(readings, reading => reading.AcceptedHashes));
        Sum(readings, reading => reading.Missing.MarketplaceHashes).ShouldBeGreaterThan(UInt128.Zero);
        Sum(readings, reading => reading.Missing.RenterHashes).ShouldBe(UInt128.Zero);
    }

    [Fact]
    public async Task A_pool_that_refuses_a_share_now_and_then_is_kept_and_only_the_work_around_is_disputed()
    {
        var scene = await ContractScene.CreateAsync(world);
        var pool = ContractScene.NewPool(world, "pool", RefusesAll with { RefusesEveryNthShare = 30 });
        await scene.RentAsync(pool);
        await Eventually.TrueAsync(() => pool.Counters().RejectedShares >= 1, ProxyWorld.Generous);
        var accepted = pool.Counters().AcceptedShares;
        await Eventually.TrueAsync(() => pool.Counters().AcceptedShares > accepted + 5, ProxyWorld.Generous);

        scene.Worker.Counters().HashesFor.ShouldBe("pool");
        var readings = await scene.EndAsync(pool);
        var disputed = Sum(readings, reading => reading.Refused.DisputedHashes);
        disputed.ShouldBeGreaterThan(UInt128.Zero);
        (disputed * 2).ShouldBeLessThan(Sum(readings, reading => reading.AcceptedHashes));
    }
}
