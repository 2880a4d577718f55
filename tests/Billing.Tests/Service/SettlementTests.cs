using System.Net;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

public sealed class SettlementTests : IAsyncLifetime
{
    private static readonly UInt128 Hour = TestContract.Promised.Hashes / 10;
    private readonly BillingWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_contract_cancelled_after_hour_8_settles_to_the_cent_and_to_the_hash()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 1, Hour);
        await HourAsync(contract, 2, Hour * 73 / 75);
        await HourAsync(contract, 8, Hour * 5);
        await _world.DeliverAsync(contract.ToContractChanged(_world.Time.GetUtcNow()));
        await _world.CloseNodesAsync(contract);
        await _world.RefundedAsync(contract);

        var settlement = await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation);
        settlement.Status.ShouldBe("settled");
        settlement.Held.ShouldBe(Usd("0"));
        settlement.Earned.ShouldBe(Usd("69.73333333"));
        settlement.SellerNet.ShouldBe(Usd("68.33866666"));
        settlement.SellerFee.ShouldBe(Usd("1.39466667"));
        settlement.RenterFeeEarned.ShouldBe(Usd("2.78933333"));
        settlement.Returned.ShouldBe(Usd("37.78"));
        settlement.ProvedWork.Hashes.ShouldBe((Hour * 6) + (Hour * 73 / 75));
        settlement.ReadingCount.ShouldBe(3);
        await DocumentsAgreeAsync(contract, net: "31.48", vat: "6.30", total: "37.78");
        await BooksAreCleanAsync(contract);
        var settled = (await _world.PublishedAsync<ContractSettled>()).ShouldHaveSingleItem();
        settled.ReturnedUnits.ShouldBe(Usd("37.78").Units);
        settled.EarnedUnits.ShouldBe(Usd("69.73333333").Units);
    }

    [Fact]
    public async Task A_contract_delivered_in_full_gives_nothing_back_and_no_credit_note()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 10, TestContract.Promised.Hashes + 12_345);
        await _world.CloseNodesAsync(contract);
        await _world.SettledAsync(contract);
        var settlement = await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation);
        settlement.Earned.ShouldBe(Usd("100.00"));
        settlement.Held.ShouldBe(Usd("0"));
        (await Renter(contract).GetDocumentsAsync(contract.Contract, Cancellation))
            .ShouldHaveSingleItem().Kind.ShouldBe("invoice");
        await BooksAreCleanAsync(contract);
    }

    [Fact]
    public async Task Disputed_work_is_paid_up_to_the_limit_of_the_proxy()
    {
        var contract = await _world.StartAsync();
        _world.Time.AdvanceTo(contract.StartAt.AddHours(1));
        await _world.DeliverAsync(_world.Sign(contract.Reading(BillingWorld.Node, 1, 0, Hour) with
        {
            Refused = new RefusedWork(Hour, Hour / 4, 0),
        }));

        var settlement = await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation);
        settlement.ProvedWork.Hashes.ShouldBe(Hour - (Hour / 4));
        var stored = await _world.InDatabaseAsync(context => context.Readings.SingleAsync(Cancellation));
        (stored.Disputed.Hashes, stored.Unpaid.Hashes).ShouldBe((Hour, Hour / 4));
    }

    [Fact]
    public async Task A_contract_of_which_nothing_came_goes_back_whole()
    {
        var contract = await _world.StartAsync();
        _world.Time.Advance(TimeSpan.FromHours(10));
        await _world.CloseNodesAsync(contract);
        await _world.RefundedAsync(contract);
        await DocumentsAgreeAsync(contract, net: "104.00", vat: "20.80", total: "124.80");
        var trial = await _world.Finance().GetTrialBalanceAsync(Cancellation);
        trial.Accounts.ShouldAllBe(account => account.Balance.IsZero);
    }

    [Fact]
    public async Task Work_behind_a_hole_is_not_settled_and_the_contract_stays_open_until_it_is_filled()
    {
        var contract = await _world.StartAsync();
        var hidden = _world.Sealed(contract, 0, Hour);
        await HourAsync(contract, 10, Hour);
        await _world.CloseNodesAsync(contract);
        await _world.DeliverAsync(Barrier(contract));
        (await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation)).ProvedWork.ShouldBe(Work.Zero);
        (await _world.PublishedAsync<ContractSettled>()).ShouldBeEmpty();
        await _world.DeliverAsync(hidden);
        await _world.SettledAsync(contract);
        (await _world.PublishedAsync<ContractSettled>())[0].ProvedHashes.ShouldBe(Hour * 2);
    }

    [Fact]
    public async Task A_contract_stays_open_until_every_node_is_done()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 10, Hour);
        await _world.DeliverAsync(
            new ContractNodeClosed(contract.Contract.Value, BillingWorld.Node, 1, _world.Time.GetUtcNow()));
        await Eventually.TrueAsync(async () => (await AccrualsAsync(contract)).Count == 1);
        (await _world.PublishedAsync<ContractSettled>()).ShouldBeEmpty();
        await _world.DeliverAsync(
            new ContractNodeClosed(contract.Contract.Value, BillingWorld.OtherNode, 0, _world.Time.GetUtcNow()));
        await _world.SettledAsync(contract);
    }

    [Fact]
    public async Task A_dead_node_is_not_waited_for_without_end_but_never_while_none_has_answered()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 10, Hour);
        _world.Time.Advance(TimeSpan.FromHours(96));
        await Eventually.TrueAsync(async () => (await AccrualsAsync(contract)).Count == 1);
        (await _world.PublishedAsync<ContractSettled>()).ShouldBeEmpty();

        await _world.DeliverAsync(
            new ContractNodeClosed(contract.Contract.Value, BillingWorld.Node, 1, _world.Time.GetUtcNow()));
        await _world.RefundedAsync(contract);
        (await _world.PublishedAsync<ContractSettled>())[0].ProvedHashes.ShouldBe(Hour);
        await BooksAreCleanAsync(contract);
    }

    [Fact]
    public async Task A_late_correction_of_an_accrued_minute_is_paid_at_the_close()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 1, Hour);
        await _world.DeliverAsync(_world.Sealed(contract, 59, Hour, revision: 1));
        _world.Time.Advance(TimeSpan.FromHours(9));
        await _world.CloseNodesAsync(contract);
        await _world.RefundedAsync(contract);
        (await AccrualsAsync(contract)).Select(entry => entry.Key[^5..]).ShouldBe(["0100Z", "close"]);
        (await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation)).Earned.ShouldBe(Usd("20.00"));
        await BooksAreCleanAsync(contract);
    }

    [Fact]
    public async Task Only_its_parties_and_finance_see_a_contract_and_the_seller_not_the_renters_documents()
    {
        var contract = await _world.StartAsync();
        var seller = _world.ClientOf(contract.Seller, Policies.Seller);
        var stranger = _world.ClientOf(TypedId.New<OrganisationId>(_world.Time), Policies.Renter, Policies.Seller);
        (await Renter(contract).GetSettlementAsync(contract.Contract, Cancellation)).Status.ShouldBe("held");
        (await seller.GetSettlementAsync(contract.Contract, Cancellation)).Price.ShouldBe(Usd("100.00"));
        (await _world.Finance().GetDocumentsAsync(contract.Contract, Cancellation)).Count.ShouldBe(1);
        await RefusedAsync(HttpStatusCode.NotFound, () => stranger.GetSettlementAsync(contract.Contract, Cancellation));
        await RefusedAsync(HttpStatusCode.NotFound, () => stranger.GetDocumentsAsync(contract.Contract, Cancellation));
        await RefusedAsync(HttpStatusCode.NotFound, () => seller.GetDocumentsAsync(contract.Contract, Cancellation));
        await RefusedAsync(HttpStatusCode.Forbidden, () => stranger.GetTrialBalanceAsync(Cancellation));
        await RefusedAsync(HttpStatusCode.Forbidden, () => seller.GetLedgerEntriesAsync(null, null, 10, Cancellation));
    }

    [Fact]
    public async Task Ledger_pages_follow_each_other_without_a_gap()
    {
        var contract = await _world.PayAsync();
        await _world.PayAsync();
        List<string> keys = [];
        string? cursor = null;
        do
        {
            var page = await _world.Finance().GetLedgerEntriesAsync(null, cursor, 3, Cancellation);
            keys.AddRange(page.Items.Select(entry => entry.Key));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        keys.Count.ShouldBe(8);
        keys.ShouldBeUnique();
        keys.ShouldContain($"order:{contract.Contract}");
    }

    [Fact]
    public async Task An_independent_program_accepts_the_books()
    {
        var contract = await _world.StartAsync();
        await HourAsync(contract, 3, Hour * 2 + 7);
        _world.Time.Advance(TimeSpan.FromHours(7));
        await _world.CloseNodesAsync(contract);
        await _world.RefundedAsync(contract);
        var journal = HledgerJournal.Of(await _world.EntriesOfAsync(contract));
        journal.ShouldContain($"* close:{contract.Contract}");
        (await HledgerJournal.ComplaintAsync(journal)).ShouldBeEmpty();
    }

    /// <summary>The work of hours until this one, and the accrual that follows.</summary>
    private async Task HourAsync(TestContract contract, int hour, UInt128 hashes)
    {
        var throughAt = contract.StartAt.AddHours(hour);
        _world.Time.AdvanceTo(throughAt.AddMinutes(-1));
        await _world.MeterAsync(contract, (hour * 60) - 1, hashes);
        _world.Time.AdvanceTo(throughAt);
        var isContiguous = await _world.InDatabaseAsync(context =>
            context.Nodes.AllAsync(node => node.HoleSinceAt == null, Cancellation));
        if (isContiguous)
        {
            await Eventually.TrueAsync(async () =>
                (await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation))
                    .AccruedThroughAt >= throughAt);
        }
    }

    private static ContractNodeClosed Barrier(TestContract contract) =>
        new(contract.Contract.Value, "node-unknown", 0, contract.StartAt);

    private async Task DocumentsAgreeAsync(TestContract contract, string net, string vat, string total)
    {
        var documents = await Renter(contract).GetDocumentsAsync(contract.Contract, Cancellation);
        documents.Select(document => document.Kind).ShouldBe(["invoice", "credit-note"]);
        var (invoice, note) = (documents[0], documents[1]);
        note.Number.ShouldBe("CN-2026-000001");
        note.CorrectsNumber.ShouldBe(invoice.Number);
        note.Net.ShouldBe(Usd(net));
        note.Vat.ShouldBe(Usd(vat));
        note.Total.ShouldBe(Usd(total));
        var settlement = await _world.Finance().GetSettlementAsync(contract.Contract, Cancellation);
        var entries = await _world.EntriesOfAsync(contract);
        (invoice.Net - note.Net).ShouldBe((settlement.Earned + settlement.RenterFeeEarned).RoundToMinor());
        (invoice.Vat - note.Vat).ShouldBe(-PaymentTests.Balance(entries, "Liabilities:VAT:Output"));
        (invoice.Total - note.Total).ShouldBe(PaymentTests.Balance(entries, "Assets:Sandbox:Available"));
    }

    private async Task BooksAreCleanAsync(TestContract contract)
    {
        var entries = await _world.EntriesOfAsync(contract);
        entries.SelectMany(entry => entry.Postings)
            .Aggregate(Usd("0"), (sum, posting) => sum + posting.Amount).ShouldBe(Usd("0"));
        string[] empty =
        [
            $"Liabilities:Held:{contract.Contract}", $"Liabilities:Renter:{contract.Renter}:Balance",
            "Assets:Clearing:Payments", "Assets:Sandbox:Pending", "Liabilities:Refunds:InFlight",
        ];
        empty.ShouldAllBe(account => PaymentTests.Balance(entries, account).IsZero);
    }

    private async Task<List<LedgerEntry>> AccrualsAsync(TestContract contract) =>
        [.. (await _world.EntriesOfAsync(contract))
            .Where(entry => entry.Key.StartsWith("accrual:", StringComparison.Ordinal))];

    private BillingClient Renter(TestContract contract) => _world.ClientOf(contract.Renter, Policies.Renter);

    private static async Task RefusedAsync(HttpStatusCode status, Func<Task> call) =>
        (await Should.ThrowAsync<ApiProblemException>(call)).Status.ShouldBe(status);
}
