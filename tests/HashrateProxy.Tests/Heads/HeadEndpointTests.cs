using System.Text.Json;
using Marketplace.Client;
using Marketplace.HashrateProxy.Heads;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Ordering;
using Marketplace.ServiceDefaults.LiveState;
using Marketplace.Stratum.Proof;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.Heads;

/// <summary>Heads go to both parties and to nobody else; a certificate goes to the renter.</summary>
public sealed class HeadEndpointTests(ProxyWorld world) : IClassFixture<ProxyWorld>
{
    private static readonly DateTimeOffset FirstMinuteAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ContractId _contract = TypedId.New<ContractId>(TimeProvider.System);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private SignedHead HeadAt(int index, string nodeName = "node-1")
    {
        var head = new OpenMinute().Close(
            _contract, nodeName, FirstMinuteAt + index * MinuteHead.Length, previous: null, FirstMinuteAt, false)
            with { Index = index };
        return new SignedHead(head.ToBody(), new byte[SignedHead.SignatureBytes]);
    }

    private async Task KnowAsync(int heads, string nodeName = "node-1")
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        var desired = new ContractChanged(
            _contract.Value, Guid.CreateVersion7(), world.RenterId.Value, world.SellerId.Value, Guid.CreateVersion7(),
            "sha256d-demo", 1, FirstMinuteAt, FirstMinuteAt + TimeSpan.FromDays(7), [], 1);
        if (!await db.Routes.AnyAsync(route => route.ContractId == _contract, Cancelled))
        {
            db.Routes.Add(new StoredRoute
            {
                ContractId = _contract,
                RenterId = world.RenterId,
                SellerId = world.SellerId,
                Desired = JsonSerializer.Serialize(desired),
                Version = 1,
            });
        }

        db.Heads.AddRange(Enumerable.Range(0, heads).Select(index => new StoredHead
        {
            ContractId = _contract,
            NodeName = nodeName,
            Index = index,
            MinuteAt = FirstMinuteAt + index * MinuteHead.Length,
            IsLast = false,
            Body = HeadAt(index, nodeName).Body,
            Signature = HeadAt(index, nodeName).Signature,
        }));
        await db.SaveChangesAsync(Cancelled);
    }

    [Fact]
    public async Task Renter_and_seller_page_through_the_heads_and_a_stranger_does_not_find_them()
    {
        await KnowAsync(HeadEndpoints.MaxHeads + 5);
        foreach (var (organisation, role) in new[] { (world.RenterId, "renter"), (world.SellerId, "seller") })
        {
            var party = world.ClientOf(organisation, role);
            var first = await party.ContractHeadsAsync(_contract, after: null, Cancelled);
            first.Heads.Select(head => head.Index).ShouldBe(
                Enumerable.Range(0, HeadEndpoints.MaxHeads).Select(index => (long)index));
            SignedHead.TryParse(first.Heads[7].Text, out var kept).ShouldBeTrue();
            kept!.ToHead().MinuteAt.ShouldBe(first.Heads[7].MinuteAt);
            var second = await party.ContractHeadsAsync(_contract, first.Heads[^1].MinuteAt, Cancelled);
            second.Heads.Select(head => head.Index).ShouldBe(
                Enumerable.Range(HeadEndpoints.MaxHeads, 5).Select(index => (long)index));
        }

        var stranger = world.ClientOf(TypedId.New<OrganisationId>(TimeProvider.System), "renter");
        (await Should.ThrowAsync<ApiProblemException>(
            () => stranger.ContractHeadsAsync(_contract, null, Cancelled))).Code.ShouldBe("contract-not-found");
        await Should.ThrowAsync<ApiProblemException>(
            async () => await stranger.FollowHeadsAsync(_contract, Cancelled).FirstAsync(Cancelled));
    }

    [Fact]
    public async Task A_page_ends_with_a_whole_minute_of_every_node()
    {
        foreach (var nodeName in new[] { "node-1", "node-2", "node-3" })
        {
            await KnowAsync(HeadEndpoints.MaxHeads / 3 + 1, nodeName);
        }

        // The page would end between two nodes of one minute.
        await KnowAsync(1, "node-0");
        var page = await world.ClientOf(world.RenterId, "renter").ContractHeadsAsync(_contract, after: null, Cancelled);

        page.Heads.Count.ShouldBe(HeadEndpoints.MaxHeads + 1);
        page.Heads.TakeLast(3).Select(head => head.NodeName).ShouldBe(["node-1", "node-2", "node-3"]);
    }

    [Fact]
    public async Task A_new_head_is_pushed_to_whoever_follows()
    {
        await KnowAsync(heads: 0);
        var live = world.Services.GetRequiredService<ILiveState>();
        await using var events = world.ClientOf(world.SellerId, "seller").FollowHeadsAsync(_contract, Cancelled)
            .GetAsyncEnumerator(Cancelled);
        foreach (var index in new[] { 3, 4 })
        {
            await live.SetAsync(
                HeadGroups.Of(_contract), "node-1", HeadAt(index).ToText(), TimeSpan.FromMinutes(5), Cancelled);
            (await events.MoveNextAsync()).ShouldBeTrue();
            events.Current.Heads.Single().Index.ShouldBe(index);
        }
    }

    [Fact]
    public async Task A_certificate_is_for_the_renter_and_only_where_something_is_closed()
    {
        await KnowAsync(heads: 0);
        await CodeOfAsync(world.RenterId, "renter", "complete", "certificate-not-here");
        await CodeOfAsync(world.RenterId, "renter", "short", "certificate-mode-invalid");
        await CodeOfAsync(world.SellerId, "seller", "complete", "contract-not-found");
    }

    private async Task CodeOfAsync(OrganisationId organisation, string role, string mode, string code) =>
        (await Should.ThrowAsync<ApiProblemException>(
            () => world.ClientOf(organisation, role).CertificateAsync(_contract, mode, Cancelled))).Code.ShouldBe(code);
}
