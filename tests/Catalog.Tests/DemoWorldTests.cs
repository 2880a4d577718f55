namespace Marketplace.Catalog.Tests;

public sealed class DemoWorldTests(DemoCatalogWorld world) : IClassFixture<DemoCatalogWorld>
{
    [Fact]
    public async Task A_simulated_rig_can_be_listed_for_a_minute_and_is_labelled()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 100);

        var offer = new PublishListing(rig.Id, "Demo", rig.NameplateHashrate, 50_000_000, Currency.Usd, 60, 120);

        await seller.PublishListingAsync(offer with { ShortestDurationSeconds = 59 }, cancellationToken)
            .IsRefusedAsync("duration-invalid");
        var listing = await seller.PublishListingAsync(offer, cancellationToken);

        rig.IsSimulated.ShouldBeTrue();
        listing.IsSimulated.ShouldBeTrue();
        listing.ShortestDurationSeconds.ShouldBe(60);
    }
}
