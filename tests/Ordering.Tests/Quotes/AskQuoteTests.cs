using System.Net;
using System.Net.Http.Json;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Ordering.Tests.Support;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Ordering.Tests.Quotes;

public sealed class AskQuoteTests(OrderingHost host)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_locks_the_price_with_fee_and_tax()
    {
        var market = await Market.OpenAsync(host);
        var before = host.Now;

        var quote = await market.Renter.AskQuoteAsync(market.Ask(), Cancellation);

        quote.Price.ShouldBe(Money.FromMinor(3_60, Currency.Usd));
        quote.RenterFee.ShouldBe(Money.FromMinor(14, Currency.Usd));
        quote.Vat.ShouldBe(Money.FromMinor(75, Currency.Usd));
        quote.Total.ShouldBe(Money.FromMinor(4_49, Currency.Usd));
        quote.PromisedWork.ShouldBe(Market.Offered.Over(TimeSpan.FromHours(1)));
        quote.LockedUntil.ShouldBeInRange(before.AddSeconds(599), host.Now.AddSeconds(600));
        quote.IsOrderable.ShouldBeTrue();
        quote.PoolChecks.Single().Rules.Single().Name.ShouldBe("authorize");
        var read = await market.Renter.QuoteAsync(quote.Id, Cancellation);
        read.PoolChecks.Single().Transcript.ShouldBe(["> mining.subscribe"]);
        (read with { PoolChecks = quote.PoolChecks }).ShouldBe(quote);
    }

    [Fact]
    public async Task The_proxy_is_asked_about_every_pool_at_once_and_by_this_service()
    {
        var market = await Market.OpenAsync(host);
        host.Proxy.AnswerTogether(3);
        var pools = Enumerable.Range(1, 3).Select(n => new Pool($"stratum+tcp://Good{n}.example:3333/", $"w{n}", "x"));

        var quote = await market.Renter.AskQuoteAsync(market.Ask(null, [.. pools]), Cancellation);

        host.Proxy.AnswerTogether(1);
        quote.IsOrderable.ShouldBeTrue();
        quote.PoolChecks.Select(check => check.User).ShouldBe(["w1", "w2", "w3"]);
        var asked = host.Proxy.Asked.Where(one => one.Request.RigId == market.RigId).ToList();
        asked.Count.ShouldBe(3);
        asked.ShouldAllBe(one => one.Caller.Service == "ordering");
        asked.ShouldAllBe(one => one.Request.Algorithm == "sha256d" && one.Request.Hashrate == Market.Offered);
        asked.ShouldContain(one => one.Request.Pool.Url == "stratum+tcp://good1.example:3333");
    }

    [Theory]
    [InlineData(ProxyDouble.BadPool, "authorize")]
    [InlineData(ProxyDouble.SilentPool, "check")]
    [InlineData(ProxyDouble.CrashingPool, "check")]
    public async Task A_quote_with_a_pool_that_failed_its_check_is_kept_but_not_orderable(string url, string rule)
    {
        var market = await Market.OpenAsync(host);
        var ask = market.Ask(null, new Pool(ProxyDouble.GoodPool, "w", "x"), new Pool(url, "w", "x"));

        var quote = await market.Renter.AskQuoteAsync(ask, Cancellation);

        quote.IsOrderable.ShouldBeFalse();
        quote.PoolChecks.Select(check => check.Verdict).ShouldBe(["pass", "fail"]);
        quote.PoolChecks[1].Rules.Single().Name.ShouldBe(rule);
        quote.PoolChecks[1].Rules.Single().Fix.ShouldNotBeEmpty();
        await RefusedAsync("quote-not-orderable", () =>
            market.Renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation));
    }

    [Fact]
    public async Task A_pool_whose_word_is_not_taken_is_refused_by_code_and_no_quote_is_kept()
    {
        var market = await Market.OpenAsync(host);
        var ask = market.Ask(
            null, new Pool(ProxyDouble.GoodPool, "w", "x"), new Pool(ProxyDouble.UnlistedPool, "w", "x"));
        await RefusedAsync("pool-not-listed", () => market.Renter.AskQuoteAsync(ask, Cancellation));
    }

    [Fact]
    public async Task What_the_listing_does_not_sell_is_refused_by_code()
    {
        var market = await Market.OpenAsync(host);
        var ask = market.Ask();
        var pool = ask.Destinations[0];
        await AskRefusedAsync("hashrate-out-of-range", ask with { Hashrate = Hashrate.Zero });
        await AskRefusedAsync("hashrate-out-of-range", ask with { Hashrate = Hashrate.FromTerahashes(9) });
        await AskRefusedAsync("hashrate-out-of-range", ask with { Hashrate = Hashrate.FromTerahashes(1_001) });
        await AskRefusedAsync("duration-out-of-range", ask with { DurationSeconds = 59 });
        await AskRefusedAsync("duration-out-of-range", ask with { DurationSeconds = 86_401 });
        await AskRefusedAsync("duration-out-of-range", ask with { DurationSeconds = -1 });
        await AskRefusedAsync("destination-count", ask with { Destinations = [] });
        await AskRefusedAsync("destination-count", ask with { Destinations = [.. Enumerable.Repeat(pool, 6)] });
        await AskRefusedAsync("pool-url-invalid", ask with { Destinations = [pool with { Url = "http://pool:80" }] });
        await AskRefusedAsync("destination-invalid", ask with { Destinations = [pool with { User = "" }] });
        await AskRefusedAsync("destination-invalid", ask with { Destinations = [pool with { User = "a\nb" }] });
        await AskRefusedAsync(
            "destination-invalid", ask with { Destinations = [pool with { Password = new string('x', 256) }] });
        await AskRefusedAsync("listing-not-found", ask with { ListingId = TypedId.New<ListingId>(host.Time) });
        await market.WithdrawAsync();
        await AskRefusedAsync("listing-not-found", ask);

        async Task AskRefusedAsync(string code, AskQuote refused) =>
            await RefusedAsync(code, () => market.Renter.AskQuoteAsync(refused, Cancellation));
    }

    [Fact]
    public async Task The_smallest_share_is_one_percent()
    {
        var market = await Market.OpenAsync(host);
        var quote = await market.Renter.AskQuoteAsync(market.Ask(Hashrate.FromTerahashes(10)), Cancellation);
        quote.Price.ShouldBe(Money.FromMinor(4, Currency.Usd));
    }

    [Fact]
    public async Task Passwords_rest_sealed_and_are_never_shown()
    {
        var market = await Market.OpenAsync(host);
        using var http = host.HttpAs(market.RenterId, Policies.Renter);
        var ask = market.Ask(null, new Pool(ProxyDouble.GoodPool, "w", "hunter-two"));

        using var answer = await http.PostAsJsonAsync("api/ordering/quotes", ask, ApiChannel.Json, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("hunter-two");
        var kept = await host.ReadAsync(db => db.Quotes.SingleAsync(quote => quote.RenterId == market.RenterId));
        kept.Destinations.Single().SealedPassword.ShouldNotContain("hunter-two");
        host.Open(kept.Destinations.Single().SealedPassword).ShouldBe("hunter-two");
    }

    [Fact]
    public async Task A_quote_is_its_renters_alone()
    {
        var market = await Market.OpenAsync(host);
        var quote = await market.Renter.AskQuoteAsync(market.Ask(), Cancellation);

        await RefusedAsync("quote-not-found", () => market.AnotherRenter().QuoteAsync(quote.Id, Cancellation));
        await RefusedAsync("quote-not-found", () =>
            market.AnotherRenter().PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation));
    }

    [Fact]
    public async Task Only_renters_ask_for_quotes()
    {
        var market = await Market.OpenAsync(host);
        using var seller = host.HttpAs(market.SellerId, Policies.Seller);
        using var nobody = host.HttpAs(null);

        using var forbidden = await seller.PostAsJsonAsync(
            "api/ordering/quotes", market.Ask(), ApiChannel.Json, Cancellation);
        using var unknown = await nobody.PostAsJsonAsync(
            "api/ordering/quotes", market.Ask(), ApiChannel.Json, Cancellation);

        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_request_that_is_not_one_is_told_so()
    {
        using var http = host.HttpAs(Market.NewOrganisation(host), Policies.Renter);
        using var answer = await http.PostAsJsonAsync(
            "api/ordering/quotes", new { listingId = 1, destinations = (string?)null }, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task RefusedAsync(string code, Func<Task> request) =>
        (await Should.ThrowAsync<ApiProblemException>(request)).Code.ShouldBe(code);
}
