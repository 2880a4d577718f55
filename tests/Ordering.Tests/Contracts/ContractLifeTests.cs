using System.Net;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.Messages.Ordering;
using Marketplace.Ordering.Tests.Support;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;

namespace Marketplace.Ordering.Tests.Contracts;

public sealed class ContractLifeTests(OrderingHost host)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paid_order_becomes_a_running_contract_at_once()
    {
        var market = await Market.OpenAsync(host);
        var ask = market.Ask(
            null,
            new Pool(ProxyDouble.GoodPool, "first", "one"),
            new Pool("stratum+tcp://good2.example:3333", "second", "two"));
        var quote = await market.Renter.AskQuoteAsync(ask, Cancellation);
        var order = await market.Renter.PlaceOrderAsync(new PlaceOrder(quote.Id), Cancellation);
        await market.PayAsync(order);

        var contract = await market.ContractAsync(order.ContractId);

        contract.Status.ShouldBe("running");
        contract.EndAt.ShouldBe(contract.StartAt.AddHours(1));
        contract.Price.ShouldBe(quote.Price);
        contract.PromisedWork.ShouldBe(quote.PromisedWork);
        contract.Destinations.Select(destination => destination.User).ShouldBe(["first", "second"]);
        var told = (await ToldAsync(contract.Id, 1)).Single();
        told.StartAt.ShouldBe(contract.StartAt);
        told.EndAt.ShouldBe(contract.EndAt);
        told.RigId.ShouldBe(market.RigId.Value);
        told.SellerId.ShouldBe(market.SellerId.Value);
        told.RenterId.ShouldBe(market.RenterId.Value);
        told.Version.ShouldBe(1);
        told.Destinations.Select(pool => pool.Priority).ShouldBe([0, 1]);
        told.Destinations.Select(pool => host.Open(pool.SealedPassword)).ShouldBe(["one", "two"]);
        told.Destinations.Select(pool => pool.DestinationId)
            .ShouldBe(contract.Destinations.Select(destination => destination.Id.Value));
    }

    [Fact]
    public async Task A_payment_heard_twice_makes_one_contract()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        await host.PublishAsync(new OrderPaid(contract.OrderId.Value, contract.Id.Value, host.Now));
        await host.PublishAsync(new ContractStarted(contract.Id.Value, "node-1", host.Now));
        await FirstJobAsync(market, contract.Id);

        (await market.Renter.ContractsAsync(null, Cancellation)).Count.ShouldBe(1);
        (await ToldAsync(contract.Id, 1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_ends_it_now_once_however_often_it_is_asked()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            market.Renter.CancelContractAsync(contract.Id, Cancellation)));

        answers.Select(answer => answer.EndAt).Distinct().Count().ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == "ended" && answer.CancelledAt == answer.EndAt);
        answers[0].EndAt.ShouldBeLessThan(contract.EndAt);
        var told = await ToldAsync(contract.Id, 2);
        told.Select(one => one.Version).Order().ShouldBe([1L, 2L]);
        told.Single(one => one.Version == 2).EndAt.ShouldBe(answers[0].EndAt);
        told.Single(one => one.Version == 2).Destinations.Count.ShouldBe(1);
        (await market.AnotherRenter().AskQuoteAsync(market.Ask(), Cancellation)).IsOrderable.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_its_renter_sees_the_destinations()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        (await market.Seller.ContractAsync(contract.Id, Cancellation)).Destinations.ShouldBeEmpty();
        (await market.Seller.ContractsAsync(null, Cancellation)).Single().Destinations.ShouldBeEmpty();
        using var http = host.HttpAs(market.SellerId, Policies.Seller);
        var text = await http.GetStringAsync($"api/ordering/contracts/{contract.Id}", Cancellation);
        text.ShouldNotContain("good.example");
        text.ShouldNotContain("renter.worker");
    }

    [Fact]
    public async Task Others_cannot_tell_that_it_exists()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();
        var other = market.AnotherRenter();

        await RefusedAsync("contract-not-found", () => other.ContractAsync(contract.Id, Cancellation));
        await RefusedAsync("contract-not-found", () => other.CancelContractAsync(contract.Id, Cancellation));
        (await other.ContractsAsync(null, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_seller_does_not_cancel()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        var forbidden = await Should.ThrowAsync<ApiProblemException>(() =>
            market.Seller.CancelContractAsync(contract.Id, Cancellation));
        forbidden.Status.ShouldBe(HttpStatusCode.Forbidden);
        var sellerWhoRents = market.As(market.SellerId, Policies.Renter);
        await RefusedAsync("contract-not-found", () => sellerWhoRents.CancelContractAsync(contract.Id, Cancellation));
    }

    [Fact]
    public async Task What_the_proxy_and_billing_say_shows_on_the_contract()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();
        var firstJobAt = contract.StartAt.AddSeconds(1);
        await host.PublishAsync(new ContractStarted(contract.Id.Value, "node-1", firstJobAt.AddSeconds(3)));
        await host.PublishAsync(new ContractStarted(contract.Id.Value, "node-2", firstJobAt));
        await Eventually.TrueAsync(async () =>
            (await market.Renter.ContractAsync(contract.Id, Cancellation)).FirstJobAt == firstJobAt);

        var cancelled = await market.Renter.CancelContractAsync(contract.Id, Cancellation);
        await host.PublishAsync(new ContractNodeClosed(contract.Id.Value, "node-1", 7, cancelled.EndAt.AddSeconds(2)));
        var settled = new ContractSettled(
            contract.Id.Value, 12, 34, 56 * (Int128)Money.UnitsPerMinor, 78 * (Int128)Money.UnitsPerMinor, "USD",
            cancelled.EndAt.AddMinutes(2));
        await host.PublishAsync(settled);
        await host.PublishAsync(settled);

        await Eventually.TrueAsync(async () =>
            (await market.Seller.ContractAsync(contract.Id, Cancellation)).Status == "settled");
        var outcome = (await market.Renter.ContractAsync(contract.Id, Cancellation)).Outcome.ShouldNotBeNull();
        outcome.ProvedWork.ShouldBe(new Work(12));
        outcome.Earned.ShouldBe(Money.FromMinor(56, Currency.Usd));
        outcome.Returned.ShouldBe(Money.FromMinor(78, Currency.Usd));
        outcome.SettledAt.ShouldBe(settled.SettledAt);
    }

    [Fact]
    public async Task Contracts_come_newest_first_in_pages()
    {
        var market = await Market.OpenAsync(host);
        var made = new List<ContractId>();
        for (var number = 0; number < 3; number++)
        {
            made.Add((await market.RunAsync(Hashrate.FromTerahashes(100))).Id);
        }

        (await market.Renter.ContractsAsync(null, Cancellation)).Select(one => one.Id)
            .ShouldBe(Enumerable.Reverse(made));
        (await market.Seller.ContractsAsync(made[1], Cancellation)).Single().Id.ShouldBe(made[0]);
        using var http = host.HttpAs(market.RenterId, Policies.Renter);
        using var tooMany = await http.GetAsync(
            new Uri("api/ordering/contracts?limit=101", UriKind.Relative), Cancellation);
        tooMany.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var stranger = market.AnotherRenter();
        (await stranger.ContractsAsync(made[2], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_operations_are_described()
    {
        using var http = host.HttpAs(null);
        var document = await http.GetStringAsync("openapi/ordering.json", Cancellation);
        string[] operations = ["askQuote", "placeOrder", "listContracts", "cancelContract", "changeDestinations"];
        foreach (var operation in operations)
        {
            document.ShouldContain($"\"operationId\": \"{operation}\"");
        }
    }

    private async Task<List<ContractChanged>> ToldAsync(ContractId contractId, int count)
    {
        await Eventually.TrueAsync(() =>
            host.Heard.ContractsChanged.Count(one => one.ContractId == contractId.Value) >= count);
        return [.. host.Heard.ContractsChanged.Where(one => one.ContractId == contractId.Value)];
    }

    private static Task FirstJobAsync(Market market, ContractId contractId) => Eventually.TrueAsync(async () =>
        (await market.Renter.ContractAsync(contractId, Cancellation)).FirstJobAt is not null);

    private static async Task RefusedAsync(string code, Func<Task> request) =>
        (await Should.ThrowAsync<ApiProblemException>(request)).Code.ShouldBe(code);
}
