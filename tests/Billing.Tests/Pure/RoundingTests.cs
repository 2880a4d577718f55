using Marketplace.Billing.Ledger;
using Marketplace.Billing.Settlement;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Pure;

public sealed class RoundingTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ContractParties Parties = new(
        ContractId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)));

    [Fact]
    public void Work_beyond_the_promise_is_not_paid_for()
    {
        var terms = Worked(1_000);
        Accrual.Earned(terms, Hashes(1_001)).ShouldBe(Accrual.Earned(terms, Hashes(1_000)));
        Accrual.Earned(terms, Hashes(1_000)).FromHold.ShouldBe(terms.Hold);
    }

    [Fact]
    public void A_contract_delivered_in_full_gives_no_credit_note_and_no_closing_entry()
    {
        var terms = Worked(7);
        var closing = Closing.Of(terms, Accrual.Earned(terms, Hashes(7)));
        closing.TotalReturned.IsZero.ShouldBeTrue();
        ContractEntries.Close(Parties, closing, null, At).ShouldBeNull();
    }

    [Fact]
    public void A_contract_of_which_nothing_was_delivered_gives_back_exactly_what_was_paid()
    {
        // 20 % of 0.07 is 0.014: invoiced as 0.01 by one rule, as 0.02 by another; both come back whole.
        foreach (var vat in new[] { "0.01", "0.02" })
        {
            var terms = Terms("0.06", "0.01", vat, 11);
            var closing = Closing.Of(terms, Earnings.Zero(Currency.Usd));
            closing.TotalReturned.ShouldBe(terms.Total);
            closing.RoundedUpBy.IsZero.ShouldBeTrue();
        }
    }

    [Fact]
    public void Less_than_half_a_cent_goes_to_rounding_without_a_document()
    {
        var terms = Terms("100.00", "4.00", "20.80", 1_000_000);
        var closing = Closing.Of(terms, Accrual.Earned(terms, Hashes(999_999)));
        closing.TotalReturned.IsZero.ShouldBeTrue();
        var close = ContractEntries.Close(Parties, closing, null, At).ShouldNotBeNull();
        close.Postings.Select(posting => posting.Account).ShouldBe([Account.Held(Parties.Contract), Account.Rounding]);
        closing.HeldUntilNow.ShouldBe(Usd("0.000104"));
    }

    [Fact]
    public void Half_a_cent_goes_to_the_renter()
    {
        var terms = Terms("0.01", "0.00", "0.00", 2);
        var closing = Closing.Of(terms, Accrual.Earned(terms, Hashes(1)));
        closing.PriceReturned.ShouldBe(Usd("0.01"));
        closing.RoundedUpBy.ShouldBe(Usd("0.005"));
    }

    [Fact]
    public void A_fee_too_small_to_be_seen_is_the_marketplaces_and_not_the_sellers()
    {
        var earned = Accrual.Earned(Terms("0.01", "0.00", "0.00", 1_000_000), Hashes(1));
        earned.Price.ShouldBe(Usd("0.00000001"));
        earned.SellerNet.ShouldBe(Usd("0"));
        earned.SellerFee.ShouldBe(Usd("0.00000001"));
    }

    [Fact]
    public void A_rounded_price_and_fee_may_sum_to_a_cent_more_and_the_books_say_so()
    {
        // Price and fee each leave half a cent: both are rounded up on the credit note.
        var terms = Terms("1.01", "1.01", "0.00", 2);
        var closing = Closing.Of(terms, Accrual.Earned(terms, Hashes(1)));
        closing.NetReturned.ShouldBe(Usd("1.02"));
        closing.RoundedUpBy.ShouldBe(Usd("0.01"));
        ContractEntries.Close(Parties, closing, "CN-1", At).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("0.00", "0.00", "0.00")]
    [InlineData("-1.00", "0.00", "0.00")]
    [InlineData("1.001", "0.00", "0.00")]
    [InlineData("1.00", "-0.01", "0.00")]
    [InlineData("1.00", "0.01", "0.001")]
    public void Terms_that_cannot_be_billed_are_refused(string price, string renterFee, string vat) =>
        Should.Throw<BusinessRuleException>(() => Terms(price, renterFee, vat, 1)).Code.ShouldBe("order-terms-invalid");

    [Fact]
    public void More_settled_than_proved_is_refused()
    {
        var terms = Worked(1_000);
        var settled = Accrual.Earned(terms, Hashes(500));
        Should.Throw<InvalidOperationException>(() => Accrual.Due(terms, Proved(499), settled));
    }
}
