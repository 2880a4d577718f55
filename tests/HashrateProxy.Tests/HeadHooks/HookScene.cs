using System.Text.Json;
using Marketplace.Client.HashrateProxy;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Persistence;
using Marketplace.Messages.Ordering;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.HashrateProxy.Tests.HeadHooks;

/// <summary>A contract between two organisations of its own, whose minutes a test closes.</summary>
internal sealed class HookScene(ProxyWorld world)
{
    private static readonly DateTimeOffset FirstMinuteAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private int _closed;

    public ContractId ContractId { get; } = TypedId.New<ContractId>(TimeProvider.System);

    public OrganisationId RenterId { get; } = TypedId.New<OrganisationId>(TimeProvider.System);

    public OrganisationId SellerId { get; } = TypedId.New<OrganisationId>(TimeProvider.System);

    public ProxyClient Renter => world.ClientOf(RenterId, "renter");

    public ProxyClient Seller => world.ClientOf(SellerId, "seller");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task BeginAsync()
    {
        await using var scope = world.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProxyDbContext>();
        var desired = new ContractChanged(
            ContractId.Value, Guid.CreateVersion7(), RenterId.Value, SellerId.Value, Guid.CreateVersion7(),
            "sha256d-demo", 1, FirstMinuteAt, FirstMinuteAt + TimeSpan.FromHours(1), [], 1);
        db.Routes.Add(new StoredRoute
        {
            ContractId = ContractId,
            RenterId = RenterId,
            SellerId = SellerId,
            Desired = JsonSerializer.Serialize(desired),
            Version = 1,
        });
        await db.SaveChangesAsync(Cancelled);
    }

    /// <summary>As the node's head loop tells them.</summary>
    public void Close(int minutes)
    {
        var journal = world.Services.GetRequiredService<NodeJournal>();
        for (var minute = 0; minute < minutes; minute++, _closed++)
        {
            var head = new OpenMinute().Close(
                ContractId, "node-1", FirstMinuteAt + _closed * MinuteHead.Length, previous: null, FirstMinuteAt, false)
                with { Index = _closed };
            journal.Add(new HeadClosedFact(new SignedHead(head.ToBody(), new byte[SignedHead.SignatureBytes]), head));
        }
    }
}
