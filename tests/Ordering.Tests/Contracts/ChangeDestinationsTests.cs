using System.Net;
using Marketplace.Client;
using Marketplace.Client.Catalog;
using Marketplace.Client.Ordering;
using Marketplace.Messages.Ordering;
using Marketplace.Ordering.Tests.Support;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;

namespace Marketplace.Ordering.Tests.Contracts;

public sealed class ChangeDestinationsTests(OrderingHost host)
{
    private static readonly WantedDestination New = new(
        null, new Pool("stratum+tcp://good2.example:3333", "second", "two"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static WantedDestination Stays(Contract contract) => new(contract.Destinations[0].Id, null);

    private static Task<Contract> ChangeAsync(
        OrderingClient client, ContractId contractId, params WantedDestination[] wanted) =>
        client.ChangeDestinationsAsync(contractId, new ChangeDestinations(wanted), Cancellation);

    private static async Task RefusedAsync(string code, Func<Task> request) =>
        (await Should.ThrowAsync<ApiProblemException>(request)).Code.ShouldBe(code);

    [Fact]
    public async Task A_new_pool_is_checked_and_goes_before_one_that_stays_as_it_is()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        var changed = await ChangeAsync(market.Renter, contract.Id, New, Stays(contract));

        changed.Destinations.Select(destination => destination.User).ShouldBe(["second", "renter.worker"]);
        changed.Destinations[1].Id.ShouldBe(contract.Destinations[0].Id);
        host.Proxy.Asked.Count(asked => asked.Request.Pool == New.Pool && asked.Request.RigId == market.RigId)
            .ShouldBe(1);
        (await market.ContractAsync(contract.Id)).Destinations.ShouldBe(changed.Destinations);
        var told = (await ToldAsync(contract.Id, 2)).Single(one => one.Version == 2);
        told.Destinations.Select(pool => pool.Priority).ShouldBe([0, 1]);
        host.Open(told.Destinations[0].SealedPassword).ShouldBe("two");
        var first = (await ToldAsync(contract.Id, 2)).Single(one => one.Version == 1).Destinations.Single();
        told.Destinations[1].ShouldBe(first with { Priority = 1 });
        told.EndAt.ShouldBe(contract.EndAt);
    }

    [Fact]
    public async Task A_pool_that_fails_its_check_changes_nothing()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();
        var bad = new WantedDestination(null, new Pool(ProxyDouble.BadPool, "user", "x"));

        await RefusedAsync("destination-check-failed", () => ChangeAsync(market.Renter, contract.Id, bad));
        (await market.ContractAsync(contract.Id)).Destinations.ShouldBe(contract.Destinations);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();
        var (id, stays) = (contract.Id, Stays(contract));
        var nothing = new WantedDestination(null, null);
        var unknown = new WantedDestination(TypedId.New<DestinationId>(TimeProvider.System), null);

        await RefusedAsync("destination-count", () => ChangeAsync(market.Renter, id));
        await RefusedAsync("destination-count", () => ChangeAsync(market.Renter, id, New, New, New, New, New, New));
        await RefusedAsync("destination-invalid", () => ChangeAsync(market.Renter, id, stays, stays));
        await RefusedAsync("destination-invalid", () => ChangeAsync(market.Renter, id, stays with { Pool = New.Pool }));
        await RefusedAsync("destination-invalid", () => ChangeAsync(market.Renter, id, nothing));
        await RefusedAsync("destination-not-found", () => ChangeAsync(market.Renter, id, unknown));
        await market.Renter.CancelContractAsync(id, Cancellation);
        await RefusedAsync("contract-ended", () => ChangeAsync(market.Renter, id, stays));
    }

    [Fact]
    public async Task A_pool_whose_word_is_not_taken_is_refused_by_code()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();
        var unlisted = new WantedDestination(null, new Pool(ProxyDouble.UnlistedPool, "w", "x"));
        await RefusedAsync("pool-not-listed", () => ChangeAsync(market.Renter, contract.Id, Stays(contract), unlisted));
    }

    [Fact]
    public async Task Only_the_renter_changes_them()
    {
        var market = await Market.OpenAsync(host);
        var contract = await market.RunAsync();

        var forbidden = await Should.ThrowAsync<ApiProblemException>(
            () => ChangeAsync(market.Seller, contract.Id, Stays(contract)));
        forbidden.Status.ShouldBe(HttpStatusCode.Forbidden);
        await RefusedAsync(
            "contract-not-found", () => ChangeAsync(market.AnotherRenter(), contract.Id, Stays(contract)));
        var sellerWhoRents = market.As(market.SellerId, Policies.Renter);
        await RefusedAsync(
            "contract-not-found", () => ChangeAsync(sellerWhoRents, contract.Id, Stays(contract)));
    }

    private async Task<List<ContractChanged>> ToldAsync(ContractId contractId, int count)
    {
        await Eventually.TrueAsync(() =>
            host.Heard.ContractsChanged.Count(one => one.ContractId == contractId.Value) >= count);
        return [.. host.Heard.ContractsChanged.Where(one => one.ContractId == contractId.Value)];
    }
}
