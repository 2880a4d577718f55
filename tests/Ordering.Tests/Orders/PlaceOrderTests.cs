using Marketplace.Client;
using Marketplace.Client.Ordering;
using Marketplace.Ordering.Tests.Support;
using Marketplace.TestKit;

namespace Marketplace.Ordering.Tests.Orders;

public sealed class PlaceOrderTests(OrderingHost host)
{
    private static readonly Hashrate Quarter = Hashrate.FromTerahashes(250);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_quote_gives_the_same_order_and_is_told_once()
    {
        var market = await Market.OpenAsync(host);
        var quote = await market.Renter.AskQuoteAsync(market.Ask(), Cancellation);

        var orders = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            market.Renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation)));

        orders.Distinct().Count().ShouldBe(1);
        orders[0].Status.ShouldBe("placed");
        orders[0].Total.ShouldBe(quote.Total);
        orders[0].PayBeforeAt.ShouldBe(quote.LockedUntil);
        (await market.Renter.OrderAsync(orders[0].Id, Cancellation)).ShouldBe(orders[0]);
        await Eventually.TrueAsync(() => host.Heard.OrdersPlaced.Any(one => one.OrderId == orders[0].Id.Value));
        host.Heard.OrdersPlaced.Count(one => one.RenterId == market.RenterId.Value).ShouldBe(1);
    }

    [Fact]
    public async Task Billing_hears_every_frozen_amount()
    {
        var market = await Market.OpenAsync(host);
        var order = await market.PlaceAsync();

        await Eventually.TrueAsync(() => host.Heard.OrdersPlaced.Any(one => one.OrderId == order.Id.Value));
        var placed = host.Heard.OrdersPlaced.Single(one => one.OrderId == order.Id.Value);
        placed.ContractId.ShouldBe(order.ContractId.Value);
        placed.RenterId.ShouldBe(market.RenterId.Value);
        placed.SellerId.ShouldBe(market.SellerId.Value);
        placed.ListingTitle.ShouldBe("Fjord S21");
        placed.HashesPerSecond.ShouldBe(Market.Offered.HashesPerSecond);
        placed.PromisedHashes.ShouldBe(Market.Offered.Over(TimeSpan.FromHours(1)).Hashes);
        placed.PriceUnits.ShouldBe(360 * (Int128)Money.UnitsPerMinor);
        placed.RenterFeeUnits.ShouldBe(14 * (Int128)Money.UnitsPerMinor);
        placed.VatUnits.ShouldBe(75 * (Int128)Money.UnitsPerMinor);
        placed.Currency.ShouldBe("USD");
        (placed.RenterFeeBasisPoints, placed.SellerFeeBasisPoints, placed.VatBasisPoints).ShouldBe((400, 200, 2_000));
        placed.PayBeforeAt.ShouldBe(order.PayBeforeAt);
    }

    [Fact]
    public async Task Orders_at_the_same_time_never_sell_more_than_is_offered()
    {
        var market = await Market.OpenAsync(host);
        var renters = Enumerable.Range(0, 12).Select(_ => market.AnotherRenter()).ToList();
        var quotes = await Task.WhenAll(renters.Select(renter =>
            renter.AskQuoteAsync(market.Ask(Quarter), Cancellation)));

        var placed = await Task.WhenAll(renters.Zip(quotes).Select(pair => TryPlaceAsync(pair.First, pair.Second)));

        placed.Count(code => code is null).ShouldBe(4);
        placed.Count(code => code == "capacity-taken").ShouldBe(8);
    }

    [Fact]
    public async Task A_full_listing_gives_no_quote()
    {
        var market = await Market.OpenAsync(host);
        await market.PlaceAsync(Hashrate.FromTerahashes(900));

        await RefusedAsync("capacity-taken", () =>
            market.AnotherRenter().AskQuoteAsync(market.Ask(Quarter), Cancellation));
        (await market.AnotherRenter().AskQuoteAsync(market.Ask(Hashrate.FromTerahashes(100)), Cancellation))
            .IsOrderable.ShouldBeTrue();
    }

    [Fact]
    public async Task What_runs_under_a_withdrawn_listing_is_not_sold_again_under_the_next()
    {
        var market = await Market.OpenAsync(host);
        await market.PlaceAsync(Hashrate.FromTerahashes(900));
        await market.WithdrawAsync();
        var again = await market.ListAgainAsync(Market.Offered);

        await RefusedAsync("capacity-taken", () =>
            market.AnotherRenter().AskQuoteAsync(market.Ask(Quarter) with { ListingId = again }, Cancellation));
    }

    [Fact]
    public async Task A_listing_withdrawn_after_the_quote_is_not_ordered()
    {
        var market = await Market.OpenAsync(host);
        var quote = await market.Renter.AskQuoteAsync(market.Ask(), Cancellation);
        await market.WithdrawAsync();

        await RefusedAsync("listing-withdrawn", () =>
            market.Renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation));
    }

    [Fact]
    public async Task An_order_is_its_renters_alone()
    {
        var market = await Market.OpenAsync(host);
        var order = await market.PlaceAsync();

        await RefusedAsync("order-not-found", () => market.AnotherRenter().OrderAsync(order.Id, Cancellation));
    }

    private static async Task<string?> TryPlaceAsync(OrderingClient renter, Quote quote)
    {
        try
        {
            await renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation);
            return null;
        }
        catch (ApiProblemException refused)
        {
            return refused.Code;
        }
    }

    private static async Task RefusedAsync(string code, Func<Task> request) =>
        (await Should.ThrowAsync<ApiProblemException>(request)).Code.ShouldBe(code);
}
