using Marketplace.Billing.Ledger;
using Shouldly;
using Xunit;
using static Marketplace.Billing.Tests.Pure.Amounts;

namespace Marketplace.Billing.Tests.Pure;

public sealed class EntryTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ContractId Contract = ContractId.From(Guid.CreateVersion7(At));

    [Fact]
    public void An_entry_that_does_not_balance_cannot_be_made() =>
        Should.Throw<InvalidOperationException>(() => Make(
            Posting.Debit(Account.ClearingPayments, Usd("1.00")), Posting.Credit(Account.VatOutput, Usd("0.99"))));

    [Fact]
    public void Each_currency_balances_by_itself() =>
        Should.Throw<InvalidOperationException>(() => Make(
            Posting.Debit(Account.ClearingPayments, Usd("1.00")),
            Posting.Credit(Account.VatOutput, Money.FromMinor(100, Currency.Eur))));

    [Fact]
    public void Postings_of_nothing_are_left_out() => Make(
        Posting.Debit(Account.ClearingPayments, Usd("1.00")),
        Posting.Debit(Account.Rounding, Usd("0")),
        Posting.Credit(Account.VatOutput, Usd("1.00"))).Postings.Count.ShouldBe(2);

    [Fact]
    public void An_entry_of_nothing_cannot_be_made() =>
        Should.Throw<InvalidOperationException>(() => Make(
            Posting.Debit(Account.ClearingPayments, Usd("0")), Posting.Credit(Account.VatOutput, Usd("0"))));

    [Fact]
    public void Only_a_balance_transaction_moves_the_providers_accounts()
    {
        Posting[] postings =
        [
            Posting.Debit(Account.ProviderPending("Stripe"), Usd("1.00")),
            Posting.Credit(Account.ClearingPayments, Usd("1.00")),
        ];
        Should.Throw<InvalidOperationException>(() => Make(postings));
        Entry.Of(EntryKey.BalanceTransaction("txn_1"), "charge", At, null, postings).Key.ShouldBe("bt:txn_1");
    }

    [Fact]
    public void The_content_is_what_is_moved_and_not_in_which_order()
    {
        var debit = Posting.Debit(Account.ClearingPayments, Usd("1"));
        var credit = Posting.Credit(Account.VatOutput, Usd("1"));
        Make(debit, credit).ContentHash().ShouldBe(Make(credit, debit).ContentHash());
        var other = Make(
            Posting.Debit(Account.ClearingPayments, Usd("2")), Posting.Credit(Account.VatOutput, Usd("2")));
        other.ContentHash().ShouldNotBe(Make(debit, credit).ContentHash());
    }

    [Fact]
    public void Accounts_and_keys_are_named_as_in_the_books()
    {
        var seller = OrganisationId.From(Contract.Value);
        Account.SellerAccrued(seller).Name.ShouldBe($"Liabilities:Seller:{seller}:Accrued");
        Account.RenterBalance(seller).Name.ShouldBe($"Liabilities:Renter:{seller}:Balance");
        Account.Held(Contract).Name.ShouldBe($"Liabilities:Held:{Contract}");
        EntryKey.Accrual(Contract, At.AddHours(2)).ShouldBe($"accrual:{Contract}:20261101T0200Z");
        EntryKey.BalanceTransactionAvailable("txn_1").ShouldBe("bt:txn_1:available");
    }

    private static Entry Make(params Posting[] postings) => Entry.Of("order:1", "a test", At, Contract, postings);
}
