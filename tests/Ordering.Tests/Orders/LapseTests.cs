using Marketplace.Client;
using Marketplace.Client.Ordering;
using Marketplace.Messages.Billing;
using Marketplace.Ordering.Tests.Support;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;

namespace Marketplace.Ordering.Tests.Orders;

/// <summary>These move the clock, so they have a host of their own.</summary>
public sealed class LapseTests(LapseTests.OwnHost own) : IClassFixture<LapseTests.OwnHost>
{
    private readonly OrderingHost _host = own.Host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_quote_is_refused()
    {
        var market = await Market.OpenAsync(_host);
        var quote = await market.Renter.AskQuoteAsync(market.Ask(), Cancellation);
        _host.Time.Advance(TimeSpan.FromMinutes(10));

        await RefusedAsync("quote-expired", () =>
            market.Renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation));
    }

    [Fact]
    public async Task An_unpaid_order_lapses_after_its_grace_and_frees_its_hashrate()
    {
        var market = await Market.OpenAsync(_host);
        var order = await market.PlaceAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(10));
        await RefusedAsync("capacity-taken", () => market.AnotherRenter().AskQuoteAsync(market.Ask(), Cancellation));

        _host.Time.Advance(TimeSpan.FromMinutes(1));
        await LapsedAsync(market, order);

        (await market.AnotherRenter().AskQuoteAsync(market.Ask(), Cancellation)).IsOrderable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_payment_heard_late_revives_an_order_whose_hashrate_is_still_free()
    {
        var market = await Market.OpenAsync(_host);
        var order = await market.PlaceAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        await LapsedAsync(market, order);

        await market.PayAsync(order);

        (await market.ContractAsync(order.ContractId)).Status.ShouldBe("running");
        (await market.Renter.OrderAsync(order.Id, Cancellation)).Status.ShouldBe("paid");
    }

    [Fact]
    public async Task A_payment_heard_too_late_waits_for_a_person_rather_than_oversell()
    {
        var market = await Market.OpenAsync(_host);
        var order = await market.PlaceAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        await LapsedAsync(market, order);
        await market.PlaceAsync(renter: market.AnotherRenter());

        await market.PayAsync(order);

        using var http = _host.HttpAs(Market.NewOrganisation(_host), Policies.Operator);
        await Eventually.TrueAsync(async () =>
            (await http.GetStringAsync("api/ordering/operations/dead-letters", Cancellation))
                .Contains(nameof(OrderPaid), StringComparison.Ordinal));
        await RefusedAsync("contract-not-found", () => market.Renter.ContractAsync(order.ContractId, Cancellation));
        (await market.Renter.OrderAsync(order.Id, Cancellation)).Status.ShouldBe("lapsed");
    }

    [Fact]
    public async Task A_contract_ends_and_frees_its_hashrate_when_its_time_is_over()
    {
        var market = await Market.OpenAsync(_host);
        var contract = await market.RunAsync();
        contract.Status.ShouldBe("running");

        _host.Time.Advance(TimeSpan.FromHours(1));

        (await market.Renter.ContractAsync(contract.Id, Cancellation)).Status.ShouldBe("ended");
        await RefusedAsync("contract-ended", () => market.Renter.CancelContractAsync(contract.Id, Cancellation));
        (await market.AnotherRenter().AskQuoteAsync(market.Ask(), Cancellation)).IsOrderable.ShouldBeTrue();
    }

    private static Task LapsedAsync(Market market, Order order) => Eventually.TrueAsync(async () =>
        (await market.Renter.OrderAsync(order.Id, Cancellation)).Status == "lapsed");

    private static async Task RefusedAsync(string code, Func<Task> request) =>
        (await Should.ThrowAsync<ApiProblemException>(request)).Code.ShouldBe(code);

    public sealed class OwnHost : IAsyncLifetime
    {
        public OrderingHost Host { get; } = new();

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
