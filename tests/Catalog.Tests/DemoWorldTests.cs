namespace Marketplace.Catalog.Tests;

public sealed class DemoWorldTests(DemoCatalogWorld world) : IClassFixture<DemoCatalogWorld>
{
    [Fact]
    public async Task A_simulated_rig_can_be_listed_for_a_minute_and_is_labelled()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var seller = world.NewSeller();
        var rig = await world.NewRigAsync(seller, terahashesPerSecond: 100);

        var listing = await seller.PublishListingAsync(
            new PublishListing(rig.Id, "Demo", rig.NameplateHashrate, 50_000_000, Currency.Usd, 60, 120), cancellationToken);

        rig.IsSimulated.ShouldBeTrue();
        listing.IsSimulated.ShouldBeTrue();
        listing.ShortestDurationSeconds.ShouldBe(60);
        await seller.PublishListingAsync(
                new PublishListing(rig.Id, "Demo", rig.NameplateHashrate, 50_000_000, Currency.Usd, 59, 120), cancellationToken)
            .IsRefusedAsync("duration-invalid");
    }
}
