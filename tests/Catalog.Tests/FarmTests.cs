using System.Net;

namespace Marketplace.Catalog.Tests;

public sealed class FarmTests(CatalogWorld world) : IClassFixture<CatalogWorld>
{
    private static readonly CreateFarm Anything = new("Anything", "Iceland", "hydro");

    [Fact]
    public async Task A_seller_sees_the_farms_it_created_and_nobody_elses()
    {
        var (seller, other) = (world.NewSeller(), world.NewSeller());
        var name = CatalogWorld.FreshName();

        var farm = await seller.CreateFarmAsync(new CreateFarm(name, " Iceland ", "hydro", 42_000), Cancel);

        var seen = (await seller.GetFarmsAsync(Cancel)).ShouldHaveSingleItem();
        seen.ShouldBe(farm with { CreatedAt = seen.CreatedAt });
        (seen.Name, seen.Location, seen.ElectricityPriceMicrosPerKwh).ShouldBe((name, "Iceland", 42_000));
        (await other.GetFarmsAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_farms_cannot_share_the_start_of_a_login()
    {
        var name = CatalogWorld.FreshName();
        await world.NewSeller().CreateFarmAsync(Anything with { Name = name }, Cancel);

        await world.NewSeller().CreateFarmAsync(Anything with { Name = name.ToUpperInvariant() }, Cancel)
            .IsRefusedAsync("farm-name-taken", HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("---")]
    [InlineData("北極")]
    [InlineData("a name that is much too long to become the first half of a login")]
    public async Task A_farm_whose_name_makes_no_login_is_refused(string name) =>
        await world.NewSeller().CreateFarmAsync(Anything with { Name = name }, Cancel)
            .IsRefusedAsync("farm-name-invalid", HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_negative_electricity_price_is_refused() =>
        await world.NewSeller().CreateFarmAsync(Anything with { ElectricityPriceMicrosPerKwh = -1 }, Cancel)
            .IsRefusedAsync("electricity-price-invalid");

    [Fact]
    public async Task Only_a_seller_may_create_a_farm()
    {
        await world.NewCaller("renter").CreateFarmAsync(Anything, Cancel)
            .IsRefusedAsync("not-allowed", HttpStatusCode.Forbidden);
        await world.Visitor().CreateFarmAsync(Anything, Cancel)
            .IsRefusedAsync("not-signed-in", HttpStatusCode.Unauthorized);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
