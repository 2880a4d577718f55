using Marketplace.Billing.Ledger;
using Marketplace.Billing.Settlement;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Pure;

/// <summary>A life as the books' worked example has it: every amount here was computed by hand.</summary>
public sealed class WorkedLifeTests
{
    private const ulong Promised = 3_000_000_000;
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ContractParties Parties = new(
        ContractId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)));

    private static readonly ContractTerms Terms = Worked(Promised);

    [Fact]
    public void The_payment_becomes_a_hold_and_tax()
    {
        var payment = ContractEntries.Payment(Parties, "pi_1", Terms.Total, At);
        Amount(payment, Account.ClearingPayments).ShouldBe(Usd("124.80"));
        Amount(payment, Account.RenterBalance(Parties.Renter)).ShouldBe(Usd("-124.80"));
        var order = ContractEntries.Order(Parties, Terms, "INV-1", At);
        Amount(order, Account.Held(Parties.Contract)).ShouldBe(Usd("-104.00"));
        Amount(order, Account.VatOutput).ShouldBe(Usd("-20.80"));
        Amount(order, Account.RenterBalance(Parties.Renter)).ShouldBe(Usd("124.80"));
    }

    [Fact]
    public void A_full_hour_and_one_of_which_97_and_a_third_percent_was_proved()
    {
        var first = Accrual.Due(Terms, Proved(300_000_000), Earnings.Zero(Currency.Usd));
        first.ShouldBe(new Earnings(Usd("9.80"), Usd("0.20"), Usd("0.40")));
        var second = Accrual.Due(Terms, Proved(592_000_000), first);
        second.ShouldBe(new Earnings(Usd("9.53866666"), Usd("0.19466667"), Usd("0.38933333")));
        second.FromHold.ShouldBe(Usd("10.12266666"));
    }

    [Fact]
    public void Five_more_hours_and_a_cancellation_leave_nothing_in_the_hold()
    {
        var hours = Accrual.Earned(Terms, Hashes(592_000_000));
        var eighth = Accrual.Due(Terms, Proved(592_000_000 + 1_500_000_000), hours);
        eighth.ShouldBe(new Earnings(Usd("49.00"), Usd("1.00"), Usd("2.00")));

        // Without the standby line of the example: 100 - 69.73333333 and 4 - 2.78933333 go back.
        var closing = Closing.Of(Terms, hours + eighth);
        closing.HeldUntilNow.ShouldBe(Usd("31.47733334"));
        closing.PriceReturned.ShouldBe(Usd("30.27"));
        closing.RenterFeeReturned.ShouldBe(Usd("1.21"));
        closing.VatReturned.ShouldBe(Usd("6.30"));
        closing.TotalReturned.ShouldBe(Usd("37.78"));
        closing.RoundedUpBy.ShouldBe(Usd("0.00266666"));
    }

    [Fact]
    public void With_the_standby_money_the_close_is_the_examples_to_the_last_digit()
    {
        var standby = new Earnings(Usd("0.98"), Usd("0.02"), Usd("0.04"));
        var closing = Closing.Of(Terms, Accrual.Earned(Terms, Hashes(2_092_000_000)) + standby);
        closing.PriceReturned.ShouldBe(Usd("29.27"));
        closing.RenterFeeReturned.ShouldBe(Usd("1.17"));
        var close = ContractEntries.Close(Parties, closing, "CN-1", At).ShouldNotBeNull();
        Amount(close, Account.Held(Parties.Contract)).ShouldBe(Usd("30.43733334"));
        Amount(close, Account.VatOutput).ShouldBe(Usd("6.09"));
        Amount(close, Account.Rounding).ShouldBe(Usd("0.00266666"));
        Amount(close, Account.RenterBalance(Parties.Renter)).ShouldBe(Usd("-36.53"));
    }

    private static Money Amount(Entry entry, Account account) =>
        entry.Postings.Where(posting => posting.Account == account)
            .Aggregate(Money.Zero(Currency.Usd), (sum, posting) => sum + posting.Amount);
}
