using Marketplace.Billing.Ledger;
using Marketplace.Client;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Entries by hand: it takes two people.</summary>
public sealed class ProposalTests(BillingWorld world) : IClassFixture<BillingWorld>
{
    private const string Reason = "the bank charged a fee that nobody expected";

    private readonly BillingClient _writer = world.Finance();
    private readonly BillingClient _second = world.Finance();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_by_hand_is_posted_when_a_second_person_approves_it()
    {
        var proposal = await _writer.ProposeEntryAsync(Fee("5.00"), Cancellation);
        proposal.Status.ShouldBe("proposed");
        (await EntryAsync($"manual:{proposal.Id}")).ShouldBeNull();
        (await RefusedAsync(() => _writer.ApproveProposalAsync(proposal.Id, Cancellation)))
            .ShouldBe("second-person-needed");

        var posted = await _second.ApproveProposalAsync(proposal.Id, Cancellation);

        posted.Status.ShouldBe("posted");
        posted.DecidedBy.ShouldNotBe(posted.ProposedBy);
        (await EntryAsync($"manual:{proposal.Id}"))!.Description.ShouldBe(Reason);
        (await RefusedAsync(() => _second.ApproveProposalAsync(proposal.Id, Cancellation)))
            .ShouldBe("proposal-decided");
    }

    [Fact]
    public async Task A_refused_entry_is_never_posted_and_says_why()
    {
        var proposal = await _writer.ProposeEntryAsync(Fee("6.00"), Cancellation);
        var rejected = await _second.RejectProposalAsync(
            proposal.Id, new RejectProposal("the fee is on the next statement"), Cancellation);
        rejected.RejectedBecause.ShouldBe("the fee is on the next statement");
        (await RefusedAsync(() => _second.ApproveProposalAsync(proposal.Id, Cancellation)))
            .ShouldBe("proposal-decided");
        (await EntryAsync($"manual:{proposal.Id}")).ShouldBeNull();
        (await _writer.GetProposalsAsync(Cancellation)).ShouldContain(one => one.Id == proposal.Id);
    }

    [Fact]
    public async Task An_entry_is_reversed_once_by_its_opposite()
    {
        var fee = await _writer.ProposeEntryAsync(Fee("7.00"), Cancellation);
        await _second.ApproveProposalAsync(fee.Id, Cancellation);
        var entry = (await EntryAsync($"manual:{fee.Id}"))!;
        var reversal = new ProposeReversal("it was booked for another company");
        var first = await _writer.ProposeReversalAsync(entry.Id, reversal, Cancellation);
        var other = await _writer.ProposeReversalAsync(entry.Id, reversal, Cancellation);

        await _second.ApproveProposalAsync(first.Id, Cancellation);

        first.ReversesEntryId.ShouldBe(entry.Id);
        first.Postings.Select(posting => posting.Amount).ShouldBe(
            fee.Postings.Select(posting => -posting.Amount));
        (await EntryAsync($"reversal:manual:{fee.Id}")).ShouldNotBeNull();
        (await RefusedAsync(() => _second.ApproveProposalAsync(other.Id, Cancellation))).ShouldBe("entry-reversed");
        (await RefusedAsync(() => _writer.ProposeReversalAsync(entry.Id, reversal, Cancellation)))
            .ShouldBe("entry-reversed");
    }

    [Theory]
    [InlineData("Assets:Stripe:Available", "5.00", "account-of-provider")]
    [InlineData("Assets:Bank:Operating", "4.99", "entry-unbalanced")]
    [InlineData("Assets:Bnak:Operating", "5.00", "account-unknown")]
    public async Task What_cannot_be_an_entry_is_said_before_anybody_looks_at_it(
        string account, string amount, string code)
    {
        var entry = Fee("5.00") with
        {
            Postings =
            [
                new LedgerPosting("Liabilities:Suspense", Usd("5.00")), new LedgerPosting(account, -Usd(amount)),
            ],
        };
        (await RefusedAsync(() => _writer.ProposeEntryAsync(entry, Cancellation))).ShouldBe(code);
    }

    [Fact]
    public async Task A_word_is_no_reason_and_nothing_of_this_is_for_renters()
    {
        var refused = await Should.ThrowAsync<ApiProblemException>(
            () => _writer.ProposeEntryAsync(Fee("5.00") with { Reason = "fee" }, Cancellation));
        refused.Status.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var renter = world.ClientOf(TypedId.New<OrganisationId>(world.Time), Policies.Renter);
        (await Should.ThrowAsync<ApiProblemException>(() => renter.ProposeEntryAsync(Fee("5.00"), Cancellation)))
            .Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await RefusedAsync(() => _second.ApproveProposalAsync(Guid.CreateVersion7(), Cancellation)))
            .ShouldBe("proposal-not-found");
    }

    [Fact]
    public async Task What_would_overdraw_an_account_stays_proposed()
    {
        var renter = Account.RenterBalance(TypedId.New<OrganisationId>(world.Time)).Name;
        var proposal = await _writer.ProposeEntryAsync(
            Fee("5.00") with
            {
                Postings =
                [
                    new LedgerPosting(renter, Usd("5.00")), new LedgerPosting("Liabilities:Suspense", -Usd("5.00")),
                ],
            },
            Cancellation);
        (await RefusedAsync(() => _second.ApproveProposalAsync(proposal.Id, Cancellation)))
            .ShouldBe("funds-insufficient");
        (await _writer.GetProposalsAsync(Cancellation)).Single(one => one.Id == proposal.Id)
            .Status.ShouldBe("proposed");
    }

    [Fact]
    public async Task The_database_itself_asks_for_two_people()
    {
        var proposal = await _writer.ProposeEntryAsync(Fee("8.00"), Cancellation);
        var refused = await Should.ThrowAsync<PostgresException>(() => world.InDatabaseAsync(context =>
            context.Database.ExecuteSqlAsync(
                $"UPDATE proposals SET status = 'Posted', decided_by = proposed_by WHERE id = {proposal.Id}",
                Cancellation)));
        refused.ConstraintName.ShouldBe("ck_proposals_two_people");
    }

    private ProposeEntry Fee(string amount) => new(
        Reason,
        world.Time.GetUtcNow(),
        [
            new LedgerPosting("Expenses:ChargebackLoss", Usd(amount)),
            new LedgerPosting("Assets:Bank:Operating", -Usd(amount)),
        ]);

    private static async Task<string> RefusedAsync(Func<Task> act) =>
        (await Should.ThrowAsync<ApiProblemException>(act)).Code;

    private Task<Books.BookedEntry?> EntryAsync(string key) => world.InDatabaseAsync(context =>
        context.Entries.AsNoTracking().SingleOrDefaultAsync(entry => entry.Key == key, Cancellation));
}
