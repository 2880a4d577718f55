using System.Net;
using Marketplace.Client;

namespace Marketplace.Catalog.Tests;

public sealed class ListingTests(CatalogWorld world) : IClassFixture<CatalogWorld>
{
    [Fact]
    public async Task A_visitor_finds_a_published_listing_with_its_place_and_nameplate()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 500);

        var listing = await seller.PublishListingAsync(Offer(rig, 200), Cancel);

        var seen = await world.Visitor().GetListingAsync(listing.Id, Cancel);
        seen.ShouldBe(listing);
        (seen.Location, seen.PriceUnit, seen.IsPublished, seen.IsSimulated).ShouldBe(("Iceland", "PH/s", true, false));
        seen.OfferedHashrate.ShouldBe(Hashrate.FromTerahashes(200));
        seen.NameplateHashrate.ShouldBe(Hashrate.FromTerahashes(500));
        seen.Measured.ShouldBeNull();
        (await AllAsync("sha256d", pageSize: 100)).ShouldContain(found => found.Id == listing.Id);
    }

    [Fact]
    public async Task Work_that_only_pools_attest_is_offered_as_that_in_a_unit_of_its_own()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 20, algorithm: "x11");
        (rig.IsPoolAttested, rig.IsSimulated, rig.PriceUnit).ShouldBe((true, false, "TH/s"));

        var listing = await seller.PublishListingAsync(Offer(rig, 10), Cancel);

        (listing.IsPoolAttested, listing.PriceUnit).ShouldBe((true, "TH/s"));
        (await AllAsync("x11", pageSize: 100)).ShouldContain(found => found.Id == listing.Id);
        (await AllAsync("sha256d", pageSize: 100)).ShouldNotContain(found => found.IsPoolAttested);
    }

    [Fact]
    public async Task A_rigs_listings_never_offer_more_than_its_nameplate_together()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 100);

        await seller.PublishListingAsync(Offer(rig, 101), Cancel)
            .IsRefusedAsync("nameplate-exceeded", HttpStatusCode.Conflict);
        var first = await seller.PublishListingAsync(Offer(rig, 60), Cancel);
        await seller.PublishListingAsync(Offer(rig, 41), Cancel).IsRefusedAsync("nameplate-exceeded");
        await seller.PublishListingAsync(Offer(rig, 40), Cancel);
        await seller.WithdrawListingAsync(first.Id, Cancel);
        await seller.PublishListingAsync(Offer(rig, 60), Cancel);
    }

    [Fact]
    public async Task Listings_published_at_the_same_time_never_offer_more_than_the_nameplate()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 100);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync(
            seller.PublishListingAsync(Offer(rig, 60), Cancel))));

        attempts.Count(code => code is null).ShouldBe(1);
        attempts.ShouldAllBe(code => code == null || code == "changed-meanwhile" || code == "nameplate-exceeded");
        (await seller.GetOwnListingsAsync(Cancel)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_withdrawn_listing_leaves_the_search_but_can_still_be_read()
    {
        var seller = world.NewSeller();
        var listing = await seller.PublishListingAsync(Offer(await world.NewRigAsync(seller), 10), Cancel);

        await seller.WithdrawListingAsync(listing.Id, Cancel);
        await seller.WithdrawListingAsync(listing.Id, Cancel);

        (await AllAsync("sha256d", pageSize: 100)).ShouldNotContain(found => found.Id == listing.Id);
        (await world.Visitor().GetListingAsync(listing.Id, Cancel)).IsPublished.ShouldBeFalse();
        (await seller.GetOwnListingsAsync(Cancel)).ShouldHaveSingleItem().IsPublished.ShouldBeFalse();
        await Eventually.TrueAsync(() => world.Heard.About(listing.Id).Length == 2);
        world.Heard.About(listing.Id).Select(told => (told.Version, told.IsPublished))
            .ShouldBe([(1, true), (2, false)]);
    }

    [Fact]
    public async Task Another_seller_can_neither_offer_the_rig_nor_withdraw_its_listing()
    {
        var (seller, other) = (world.NewSeller(), world.NewSeller());
        var rig = await world.NewRigAsync(seller);
        var listing = await seller.PublishListingAsync(Offer(rig, 10), Cancel);

        await other.PublishListingAsync(Offer(rig, 10), Cancel)
            .IsRefusedAsync("rig-not-found", HttpStatusCode.NotFound);
        await other.WithdrawListingAsync(listing.Id, Cancel)
            .IsRefusedAsync("listing-not-found", HttpStatusCode.NotFound);
        (await other.GetOwnListingsAsync(Cancel)).ShouldBeEmpty();
        await world.NewCaller("renter").PublishListingAsync(Offer(rig, 10), Cancel)
            .IsRefusedAsync("not-allowed", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Terms_out_of_their_limits_are_refused()
    {
        var seller = world.NewSeller();
        var offer = Offer(await world.NewRigAsync(seller), 10);
        (PublishListing Offer, string Code)[] refused =
        [
            (offer with { Title = " " }, "title-invalid"),
            (offer with { OfferedHashrate = Hashrate.Zero }, "offered-hashrate-invalid"),
            (offer with { PriceMicrosPerUnitDay = 0 }, "price-invalid"),
            (offer with { PriceMicrosPerUnitDay = -1 }, "price-invalid"),
            (offer with { PriceMicrosPerUnitDay = 10_000_000_001 }, "price-invalid"),
            (offer with { ShortestDurationSeconds = 60 }, "duration-invalid"),
            (offer with { ShortestDurationSeconds = 7_200, LongestDurationSeconds = 3_600 }, "duration-invalid"),
            (offer with { LongestDurationSeconds = int.MaxValue }, "duration-invalid"),
        ];

        foreach (var (bad, code) in refused)
        {
            await seller.PublishListingAsync(bad, Cancel).IsRefusedAsync(code, HttpStatusCode.BadRequest);
        }

        (await seller.GetOwnListingsAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rig_without_pools_of_its_own_cannot_be_offered()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, withPools: false);

        await seller.PublishListingAsync(Offer(rig, 10), Cancel)
            .IsRefusedAsync("rig-without-pools", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Pages_of_the_search_show_each_listing_once_cheapest_first()
    {
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller);
        var published = new List<Listing>();
        foreach (var price in new long[] { 45_000_000, 43_000_000, 44_000_000, 43_000_000, 43_000_000, 46_000_000 })
        {
            var offer = Offer(rig, 10) with { PriceMicrosPerUnitDay = price };
            published.Add(await seller.PublishListingAsync(offer, Cancel));
        }

        var found = await AllAsync("sha256d", pageSize: 2);

        found.Select(listing => listing.Id).ShouldBeUnique();
        found.Select(listing => listing.PriceMicrosPerUnitDay).ShouldBeInOrder();
        found.Where(listing => listing.SellerId == published[0].SellerId).Select(listing => listing.Id).ShouldBe(
            published.OrderBy(listing => listing.PriceMicrosPerUnitDay)
                .ThenBy(listing => listing.Id.ToString(), StringComparer.Ordinal)
                .Select(listing => listing.Id));
    }

    [Fact]
    public async Task A_search_with_nonsense_is_refused()
    {
        var visitor = world.Visitor();
        await visitor.SearchListingsAsync("quark", null, null, Cancel).IsRefusedAsync("algorithm-unknown");
        await visitor.SearchListingsAsync(null, "not a cursor", null, Cancel).IsRefusedAsync("cursor-invalid");
        await visitor.SearchListingsAsync(null, null, 0, Cancel).IsRefusedAsync("limit-invalid");
        await visitor.SearchListingsAsync(null, null, 101, Cancel).IsRefusedAsync("limit-invalid");
        await visitor.GetListingAsync(TypedId.New<ListingId>(TimeProvider.System), Cancel)
            .IsRefusedAsync("listing-not-found", HttpStatusCode.NotFound);
    }

    private static PublishListing Offer(Rig rig, ulong terahashesPerSecond) => new(
        rig.Id, "Steady hydro", Hashrate.FromTerahashes(terahashesPerSecond), 45_000_000, Currency.Usd, 3_600, 86_400);

    private async Task<List<Listing>> AllAsync(string algorithm, int pageSize)
    {
        var found = new List<Listing>();
        string? cursor = null;
        do
        {
            var page = await world.Visitor().SearchListingsAsync(algorithm, cursor, pageSize, Cancel);
            page.Items.Count.ShouldBeLessThanOrEqualTo(pageSize);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return found;
    }

    private static async Task<string?> TryAsync(Task request)
    {
        try
        {
            await request;
            return null;
        }
        catch (ApiProblemException refused)
        {
            return refused.Code;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
