using Marketplace.Client.Billing;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Whose money work costs that did not reach the renter by the marketplace's fault.</summary>
public sealed class RefusedWorkTests : IAsyncLifetime
{
    private static readonly UInt128 Hour = TestContract.Promised.Hashes / 10;
    private readonly BillingWorld _world = new();
    private long _sequence;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Work_that_the_pool_refused_by_our_fault_is_the_sellers_and_paid_by_us_and_not_by_the_renter()
    {
        var contract = await _world.StartAsync();
        await MeterAsync(contract, hour: 5, Hour * 5, refused: Hour);
        var settlement = await CloseAsync(contract);

        (settlement.ProvedWork.Hashes, settlement.RefusedByOurFault.Hashes).ShouldBe((Hour * 5, Hour));
        settlement.Held.ShouldBe(Usd("0"));
        settlement.Earned.ShouldBe(Usd("40.00"));
        settlement.SellerNet.ShouldBe(Usd("39.20"));
        settlement.PaidByMarketplace.ShouldBe(Usd("9.80"));
        settlement.Returned.ShouldBe(Usd("74.88"));
        (await CreditNoteAsync(contract)).Lines.ShouldBe(
        [
            new DocumentLine("Hashrate not delivered: A fleet in the north", Usd("50.00")),
            new DocumentLine("Hashrate that your pool refused by our fault: A fleet in the north", Usd("10.00")),
            new DocumentLine("Service fee 4 % on it", Usd("2.40")),
        ]);

        var entries = await _world.EntriesOfAsync(contract);
        var paid = entries.Single(entry => entry.Key == $"refused:{contract.Contract}");
        paid.Postings.ShouldBe(
            [
                new LedgerPosting("Expenses:RefusedWork", Usd("9.80")),
                new LedgerPosting($"Liabilities:Seller:{contract.Seller}:Accrued", Usd("-9.80")),
            ],
            ignoreOrder: true);
        PaymentTests.Balance(entries, $"Liabilities:Held:{contract.Contract}").ShouldBe(Usd("0"));
        (await HledgerJournal.ComplaintAsync(HledgerJournal.Of(entries))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_is_refused_after_it_was_paid_for_goes_back_to_the_renter_and_stays_the_sellers()
    {
        var contract = await _world.StartAsync();
        await MeterAsync(contract, hour: 1, Hour, refused: 0);
        await MeterAsync(contract, hour: 2, accepted: 0, refused: Hour / 2);
        (await SettlementAsync(contract)).Earned.ShouldBe(Usd("10.00"));
        var settlement = await CloseAsync(contract);

        settlement.Held.ShouldBe(Usd("0"));
        settlement.Earned.ShouldBe(Usd("5.00"));
        (settlement.SellerNet, settlement.PaidByMarketplace).ShouldBe((Usd("4.90"), Usd("4.90")));
        settlement.RenterFeeEarned.ShouldBe(Usd("0.20"));
        settlement.Returned.ShouldBe(Usd("118.56"));
        var entries = await _world.EntriesOfAsync(contract);
        PaymentTests.Balance(entries, $"Liabilities:Seller:{contract.Seller}:Accrued").ShouldBe(Usd("-9.80"));
        (await HledgerJournal.ComplaintAsync(HledgerJournal.Of(entries))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_that_is_missing_by_our_fault_goes_back_to_the_renter_and_nobody_is_paid_for_it()
    {
        var contract = await _world.StartAsync();
        await MeterAsync(contract, hour: 1, accepted: 0, refused: 0, new MissingWork(0, 0, 0, Hour));
        var settlement = await CloseAsync(contract);

        settlement.Returned.ShouldBe(Usd("124.80"));
        (settlement.SellerNet, settlement.PaidByMarketplace).ShouldBe((Usd("0"), Usd("0")));
        (await _world.PublishedAsync<ContractSettled>()).ShouldHaveSingleItem().EarnedUnits.ShouldBe((Int128)0);
    }

    /// <summary>A reading at the end of this hour, and the accrual that follows.</summary>
    private async Task MeterAsync(
        TestContract contract, int hour, UInt128 accepted, UInt128 refused, MissingWork? missing = null)
    {
        var throughAt = contract.StartAt.AddHours(hour);
        _world.Time.AdvanceTo(throughAt.AddMinutes(-1));
        var reading = contract.Reading(BillingWorld.Node, ++_sequence, (hour * 60) - 1, accepted);
        await _world.DeliverAsync(_world.Sign(reading with
        {
            Missing = missing ?? reading.Missing,
            Refused = new RefusedWork(0, 0, refused),
        }));
        _world.Time.AdvanceTo(throughAt);
        await Eventually.TrueAsync(
            async () => (await SettlementAsync(contract)).AccruedThroughAt >= throughAt);
    }

    private async Task<ContractSettlement> CloseAsync(TestContract contract)
    {
        _world.Time.AdvanceTo(contract.StartAt.AddHours(10));
        await _world.CloseNodesAsync(contract, _sequence);
        await _world.RefundedAsync(contract);
        return await SettlementAsync(contract);
    }

    private Task<ContractSettlement> SettlementAsync(TestContract contract) =>
        _world.Finance().GetSettlementAsync(contract.Contract, Cancellation);

    private async Task<Document> CreditNoteAsync(TestContract contract) =>
        (await _world.ClientOf(contract.Renter, Policies.Renter).GetDocumentsAsync(contract.Contract, Cancellation))
            .Single(document => document.Kind == "credit-note");
}
