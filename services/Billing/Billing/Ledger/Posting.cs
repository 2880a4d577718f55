namespace Marketplace.Billing.Ledger;

/// <summary>One line of an entry: a debit is positive, a credit negative.</summary>
internal readonly record struct Posting(Account Account, Money Amount)
{
    public static Posting Debit(Account account, Money amount) => new(account, amount);

    public static Posting Credit(Account account, Money amount) => new(account, -amount);
}
