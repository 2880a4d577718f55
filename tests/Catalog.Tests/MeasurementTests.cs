using Marketplace.Catalog.Measurements;
using Marketplace.Messages.HashrateProxy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Catalog.Tests;

public sealed class MeasurementTests(CatalogWorld world) : IClassFixture<CatalogWorld>
{
    private static readonly DateTimeOffset ThisMinute = FloorToMinute(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_rig_shows_what_it_did_over_five_minutes_and_over_the_hour_with_the_windows()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        rig.Measured.ShouldBeNull();

        await world.SayAsync(
        [
            .. Enumerable.Range(5, 5).Select(minutesAgo => Minute(rig.Id, minutesAgo, terahashesPerSecond: 40)),
            .. Enumerable.Range(0, 5).Select(minutesAgo => Minute(rig.Id, minutesAgo, terahashesPerSecond: 100)),
        ]);

        await Eventually.TrueAsync(async () => await CountAsync(rig.Id) == 10);
        var seen = await seller.GetRigAsync(rig.Id, Cancel);
        seen.Measured.ShouldBe(new MeasuredHashrate(
            Hashrate.FromTerahashes(100), ThisMinute.AddMinutes(-4), ThisMinute.AddMinutes(1)));
        seen.MeasuredOverHour.ShouldBe(new MeasuredHashrate(
            Hashrate.FromTerahashes(70), ThisMinute.AddMinutes(-9), ThisMinute.AddMinutes(1)));
    }

    [Fact]
    public async Task Work_of_all_nodes_counts_and_a_later_word_about_a_minute_holds()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);

        await world.SayAsync(Minute(rig.Id, 0, 10), Minute(rig.Id, 0, 20) with { NodeName = "node-2" });
        await Eventually.TrueAsync(async () => await CountAsync(rig.Id) == 2);
        await world.SayAsync(Minute(rig.Id, 0, 15));

        await Eventually.TrueAsync(async () =>
            (await seller.GetRigAsync(rig.Id, Cancel)).Measured?.Hashrate == Hashrate.FromTerahashes(35));
    }

    [Fact]
    public async Task A_rig_that_went_silent_falls_to_zero()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);

        await world.SayAsync(Minute(rig.Id, 21, 90), Minute(rig.Id, 20, 90));

        await Eventually.TrueAsync(async () => await CountAsync(rig.Id) == 2);
        var seen = await seller.GetRigAsync(rig.Id, Cancel);
        seen.Measured.ShouldNotBeNull().Hashrate.ShouldBe(Hashrate.Zero);
        var overHour = seen.MeasuredOverHour.ShouldNotBeNull();
        overHour.WindowStartAt.ShouldBe(ThisMinute.AddMinutes(-21));
        overHour.Hashrate.ShouldBe(Hashrate.Of(
            Hashrate.FromTerahashes(90).Over(TimeSpan.FromMinutes(2)), overHour.WindowEndAt - overHour.WindowStartAt));
    }

    [Fact]
    public async Task A_rig_is_measured_once_it_has_warmed_up()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);

        await world.SayAsync(
            Minute(rig.Id, 2, 10) with { SettledHashes = 0, SettledWorkerCount = 0 },
            Minute(rig.Id, 1, 80) with { SettledHashes = Of(50), SettledWorkerCount = 2 });
        await Eventually.TrueAsync(async () => await CountAsync(rig.Id) == 2);
        (await seller.GetRigAsync(rig.Id, Cancel)).Measured.ShouldNotBeNull().Hashrate.ShouldBe(
            Hashrate.FromTerahashes(50 / 5), "the rest of its window was empty");

        await world.SayAsync(Minute(rig.Id, 0, 100));
        await Eventually.TrueAsync(async () => await CountAsync(rig.Id) == 3);
        (await seller.GetRigAsync(rig.Id, Cancel)).Measured.ShouldBe(
            new MeasuredHashrate(Hashrate.FromTerahashes(100), ThisMinute, ThisMinute.AddMinutes(1)));
    }

    [Theory]
    [InlineData("AAABB")]
    [InlineData("ABABA")]
    [InlineData("BBBBA")]
    public async Task A_machine_that_moves_between_two_rigs_is_not_measured_twice(string rigOfEachMinute)
    {
        var seller = world.NewSeller();
        var rigs = new Dictionary<char, Rig>
        {
            ['A'] = await world.NewRigAsync(seller), ['B'] = await world.NewRigAsync(seller),
        };

        await world.SayAsync([.. rigOfEachMinute.Select((name, index) =>
            Minute(rigs[name].Id, rigOfEachMinute.Length - 1 - index, terahashesPerSecond: 100))]);
        await Eventually.TrueAsync(async () =>
            await CountAsync(rigs['A'].Id) + await CountAsync(rigs['B'].Id) == rigOfEachMinute.Length);

        var seen = await Task.WhenAll(rigs.Values.Select(rig => seller.GetRigAsync(rig.Id, Cancel)));
        foreach (var windows in new[] { seen.Select(rig => rig.Measured!), seen.Select(rig => rig.MeasuredOverHour!) })
        {
            windows.Select(one => (one.WindowStartAt, one.WindowEndAt)).Distinct().Count().ShouldBe(1);
            windows.Aggregate(Hashrate.Zero, (sum, one) => sum + one.Hashrate)
                .ShouldBeLessThanOrEqualTo(Hashrate.FromTerahashes(100));
        }
    }

    [Fact]
    public async Task A_listing_shows_the_measured_hashrate_of_its_rig()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        var listing = await seller.PublishListingAsync(
            new PublishListing(rig.Id, "Measured", Hashrate.FromTerahashes(5), 45_000_000, Currency.Eur, 3_600, 7_200),
            Cancel);

        await world.SayAsync(Minute(rig.Id, 0, 33));

        var visitor = world.Visitor();
        await Eventually.TrueAsync(async () =>
            (await visitor.GetListingAsync(listing.Id, Cancel)).Measured?.Hashrate == Hashrate.FromTerahashes(33));
    }

    [Fact]
    public async Task A_minute_from_the_future_changes_nothing_and_is_kept_as_a_dead_letter()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);

        await world.SayAsync(Minute(rig.Id, minutesAgo: -10, 10));

        await Eventually.TrueAsync(() => world.InDatabaseAsync(db => db.Database
            .SqlQuery<string>($"SELECT body AS \"Value\" FROM dead_letters")
            .AnyAsync(body => body.Contains(rig.Id.ToString()), Cancel)));
        (await CountAsync(rig.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Minutes_that_no_window_shows_are_let_go()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        var now = TimeProvider.System.GetUtcNow();
        await world.InDatabaseAsync(async db =>
        {
            db.AddRange(
                RigMinute.Of(Minute(rig.Id, (RigMinute.RetentionHours * 60) + 1, 10), now),
                RigMinute.Of(Minute(rig.Id, 1, 10), now));
            return await db.SaveChangesAsync(Cancel);
        });

        (await world.Services.GetRequiredService<RigMinuteRetention>().DeleteOldAsync(Cancel)).ShouldBe(1);

        (await CountAsync(rig.Id)).ShouldBe(1);
    }

    private static RigMeasured Minute(RigId rigId, int minutesAgo, ulong terahashesPerSecond) => new(
        rigId.Value,
        "node-1",
        ThisMinute.AddMinutes(-minutesAgo),
        Of(terahashesPerSecond),
        Of(terahashesPerSecond),
        RejectedHashes: 0,
        WorkerCount: 3,
        SettledWorkerCount: 3);

    private static UInt128 Of(ulong terahashesPerSecond) =>
        Hashrate.FromTerahashes(terahashesPerSecond).Over(TimeSpan.FromMinutes(1)).Hashes;

    private Task<int> CountAsync(RigId rigId) =>
        world.InDatabaseAsync(db => db.RigMinutes.CountAsync(minute => minute.RigId == rigId, Cancel));

    private static DateTimeOffset FloorToMinute(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
