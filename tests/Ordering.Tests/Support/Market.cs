using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Messages.Billing;
using Marketplace.Messages.Catalog;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Tests.Support;

/// <summary>A seller with a rig of 1 PH/s and a listing of it at 86.40 USD a PH/s and day: 0.06 a minute.</summary>
internal sealed class Market
{
    public const int DurationSeconds = 3_600;

    private readonly OrderingHost _host;
    private ListingChanged _listing;

    private Market(OrderingHost host, ListingChanged listing)
    {
        _host = host;
        _listing = listing;
        SellerId = new OrganisationId(listing.SellerId);
        RenterId = NewOrganisation(host);
        Renter = As(RenterId, Policies.Renter);
        Seller = As(SellerId, Policies.Seller);
    }

    public static Hashrate Offered { get; } = Hashrate.FromTerahashes(1_000);

    public OrganisationId RenterId { get; }

    public OrganisationId SellerId { get; }

    public OrderingClient Renter { get; }

    public OrderingClient Seller { get; }

    public ListingId ListingId => new(_listing.ListingId);

    public RigId RigId => new(_listing.RigId);

    public static async Task<Market> OpenAsync(OrderingHost host)
    {
        var now = host.Now;
        var listing = new ListingChanged(
            Guid.CreateVersion7(now), Guid.CreateVersion7(now), Guid.CreateVersion7(now), "Fjord S21", "sha256d",
            Offered.HashesPerSecond, 86_400_000, "USD", 60, 86_400, IsPublished: true, Version: 1);
        var market = new Market(host, listing);
        await market.PublishListingAsync(listing);
        return market;
    }

    public static OrganisationId NewOrganisation(OrderingHost host) => TypedId.New<OrganisationId>(host.Time);

    public OrderingClient As(OrganisationId organisation, params string[] roles) =>
        new(new ApiChannel(_host.HttpAs(organisation, roles)));

    public OrderingClient AnotherRenter() => As(NewOrganisation(_host), Policies.Renter);

    /// <summary>A second offer of the same rig.</summary>
    public async Task<ListingId> ListAgainAsync(Hashrate offered)
    {
        var again = _listing with
        {
            ListingId = Guid.CreateVersion7(_host.Now),
            OfferedHashesPerSecond = offered.HashesPerSecond,
            IsPublished = true,
            Version = 1,
        };
        await PublishListingAsync(again);
        return new ListingId(again.ListingId);
    }

    public async Task WithdrawAsync()
    {
        _listing = _listing with { IsPublished = false, Version = _listing.Version + 1 };
        await PublishListingAsync(_listing);
    }

    public AskQuote Ask(Hashrate? hashrate = null, params Pool[] pools) => new(
        ListingId,
        hashrate ?? Offered,
        DurationSeconds,
        pools.Length > 0 ? pools : [new Pool(ProxyDouble.GoodPool, "renter.worker", "secret")]);

    public async Task<Order> PlaceAsync(Hashrate? hashrate = null, OrderingClient? renter = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var quote = await (renter ?? Renter).AskQuoteAsync(Ask(hashrate), cancellationToken);
        return await (renter ?? Renter).PlaceOrderAsync(new PlaceOrder(quote.Id), cancellationToken);
    }

    public Task PayAsync(Order order) =>
        _host.PublishAsync(new OrderPaid(order.Id.Value, order.ContractId.Value, _host.Now));

    public async Task<Contract> RunAsync(Hashrate? hashrate = null)
    {
        var order = await PlaceAsync(hashrate);
        await PayAsync(order);
        return await ContractAsync(order.ContractId);
    }

    /// <summary>The renter's contract, as soon as there is one.</summary>
    public async Task<Contract> ContractAsync(ContractId contractId)
    {
        await Eventually.TrueAsync(() => _host.ReadAsync(db => db.Contracts.AnyAsync(one => one.Id == contractId)));
        return await Renter.ContractAsync(contractId, TestContext.Current.CancellationToken);
    }

    private async Task PublishListingAsync(ListingChanged listing)
    {
        await _host.PublishAsync(listing);
        await Eventually.TrueAsync(() => _host.ReadAsync(db => db.Listings.AnyAsync(
            copy => copy.Id == new ListingId(listing.ListingId) && copy.IsPublished == listing.IsPublished)));
    }
}
