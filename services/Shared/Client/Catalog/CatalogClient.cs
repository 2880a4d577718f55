using System.Globalization;

namespace Marketplace.Client.Catalog;

/// <summary>Farms, rigs and listings.</summary>
/// <param name="channel">Its base address is the root of the host that serves <c>/api/catalog</c>.</param>
public sealed class CatalogClient(ApiChannel channel)
{
    private const string Root = "api/catalog";

    /// <exception cref="ApiProblemException"><c>farm-name-invalid</c>, <c>farm-name-taken</c>.</exception>
    public Task<Farm> CreateFarmAsync(CreateFarm farm, CancellationToken cancellationToken) =>
        channel.PostAsync<CreateFarm, Farm>($"{Root}/farms", farm, cancellationToken);

    public Task<IReadOnlyList<Farm>> GetFarmsAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<Farm>>($"{Root}/farms", cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>farm-not-found</c>, <c>rig-name-invalid</c>, <c>rig-name-taken</c>, <c>algorithm-unknown</c>,
    /// <c>algorithm-not-open</c>, <c>nameplate-invalid</c>.
    /// </exception>
    public Task<Rig> CreateRigAsync(FarmId farmId, CreateRig rig, CancellationToken cancellationToken) =>
        channel.PostAsync<CreateRig, Rig>($"{Root}/farms/{farmId}/rigs", rig, cancellationToken);

    public Task<IReadOnlyList<Rig>> GetRigsAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<Rig>>($"{Root}/rigs", cancellationToken);

    /// <exception cref="ApiProblemException"><c>rig-not-found</c>.</exception>
    public Task<Rig> GetRigAsync(RigId rigId, CancellationToken cancellationToken) =>
        channel.GetAsync<Rig>($"{Root}/rigs/{rigId}", cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>rig-not-found</c>, <c>pools-count-invalid</c>, <c>pool-url-invalid</c>, <c>pool-user-invalid</c>,
    /// <c>pool-password-invalid</c>, <c>changed-meanwhile</c>.
    /// </exception>
    public Task<Rig> SetDefaultPoolsAsync(RigId rigId, SetDefaultPools pools, CancellationToken cancellationToken) =>
        channel.PutAsync<SetDefaultPools, Rig>($"{Root}/rigs/{rigId}/pools", pools, cancellationToken);

    /// <exception cref="ApiProblemException">
    /// <c>rig-not-found</c>, <c>title-invalid</c>, <c>offered-hashrate-invalid</c>, <c>nameplate-exceeded</c>,
    /// <c>price-invalid</c>, <c>duration-invalid</c>, <c>changed-meanwhile</c>.
    /// </exception>
    public Task<Listing> PublishListingAsync(PublishListing listing, CancellationToken cancellationToken) =>
        channel.PostAsync<PublishListing, Listing>($"{Root}/listings", listing, cancellationToken);

    /// <summary>What is for sale, cheapest first; needs no token.</summary>
    /// <param name="algorithm">Null for all.</param>
    /// <param name="cursor"><see cref="ListingPage.NextCursor"/> of the page before; null for the first.</param>
    /// <param name="limit">Listings per page, 1 to 100; null for 20.</param>
    /// <exception cref="ApiProblemException">
    /// <c>algorithm-unknown</c>, <c>cursor-invalid</c>, <c>limit-invalid</c>.
    /// </exception>
    public Task<ListingPage> SearchListingsAsync(
        string? algorithm, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        (string Name, string? Value)[] query =
        [
            ("algorithm", algorithm), ("cursor", cursor), ("limit", limit?.ToString(CultureInfo.InvariantCulture)),
        ];
        var text = string.Join('&', query.Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
        return channel.GetAsync<ListingPage>($"{Root}/listings?{text}", cancellationToken);
    }

    /// <summary>The caller's own, newest first, withdrawn ones too.</summary>
    public Task<IReadOnlyList<Listing>> GetOwnListingsAsync(CancellationToken cancellationToken) =>
        channel.GetAsync<IReadOnlyList<Listing>>($"{Root}/listings/mine", cancellationToken);

    /// <summary>Needs no token.</summary>
    /// <exception cref="ApiProblemException"><c>listing-not-found</c>.</exception>
    public Task<Listing> GetListingAsync(ListingId listingId, CancellationToken cancellationToken) =>
        channel.GetAsync<Listing>($"{Root}/listings/{listingId}", cancellationToken);

    /// <summary>Takes it off sale; contracts that run go on. Withdrawing twice changes nothing.</summary>
    /// <exception cref="ApiProblemException"><c>listing-not-found</c>, <c>changed-meanwhile</c>.</exception>
    public Task WithdrawListingAsync(ListingId listingId, CancellationToken cancellationToken) =>
        channel.DeleteAsync($"{Root}/listings/{listingId}", cancellationToken);
}
