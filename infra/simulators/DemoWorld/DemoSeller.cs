using Marketplace.Client.Catalog;

namespace Marketplace.DemoWorld;

internal sealed record DemoOffer(Rig Rig, Listing Listing);

/// <summary>The demo seller's farm, rig and listing: made at the first start, found again at every other one.</summary>
internal static class DemoSeller
{
    private const string FarmName = "Demo farm";
    private const string RigName = "rig-1";
    private const string ListingTitle = "Demo fleet, simulated";
    private const string PoolUser = "seller.main";
    private const long PriceMicrosPerUnitDay = 50_000_000;
    private const int ShortestDurationSeconds = 60;
    private const int LongestDurationSeconds = 7 * 86_400;
    private static readonly Hashrate Nameplate = Hashrate.FromTerahashes(600);
    private static readonly Hashrate Offered = Hashrate.FromTerahashes(500);

    public static async Task<DemoOffer> OfferAsync(
        CatalogClient catalog, string poolUrl, CancellationToken cancellationToken)
    {
        var rig = await RigAsync(catalog, cancellationToken);
        if (!rig.DefaultPools.Any(pool => pool.Url == poolUrl && pool.User == PoolUser))
        {
            var pools = new SetDefaultPools([new Pool(poolUrl, PoolUser, "x")]);
            rig = await catalog.SetDefaultPoolsAsync(rig.Id, pools, cancellationToken);
        }

        return new DemoOffer(rig, await ListingAsync(catalog, rig, cancellationToken));
    }

    private static async Task<Rig> RigAsync(CatalogClient catalog, CancellationToken cancellationToken)
    {
        var farms = await catalog.GetFarmsAsync(cancellationToken);
        var farm = farms.FirstOrDefault(farm => farm.Name == FarmName)
            ?? await catalog.CreateFarmAsync(
                new CreateFarm(FarmName, "Simulated", "none", ElectricityPriceMicrosPerKwh: null), cancellationToken);
        var rigs = await catalog.GetRigsAsync(cancellationToken);
        return rigs.FirstOrDefault(rig => rig.FarmId == farm.Id && rig.Name == RigName)
            ?? await catalog.CreateRigAsync(
                farm.Id, new CreateRig(RigName, Algorithm.Sha256dDemo.Name, Nameplate), cancellationToken);
    }

    private static async Task<Listing> ListingAsync(CatalogClient catalog, Rig rig, CancellationToken cancellationToken)
    {
        var listings = await catalog.GetOwnListingsAsync(cancellationToken);
        return listings.FirstOrDefault(listing => listing.RigId == rig.Id && listing.IsPublished)
            ?? await catalog.PublishListingAsync(
                new PublishListing(
                    rig.Id,
                    ListingTitle,
                    Offered,
                    PriceMicrosPerUnitDay,
                    Currency.Usd,
                    ShortestDurationSeconds,
                    LongestDurationSeconds),
                cancellationToken);
    }
}
