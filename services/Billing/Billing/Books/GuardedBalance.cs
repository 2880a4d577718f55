namespace Marketplace.Billing.Books;

/// <summary>The sum of a guarded account's postings, kept by the database in the transaction that posts them.</summary>
internal sealed class GuardedBalance
{
    public string Account { get; private init; } = "";

    public Currency Currency { get; private init; }

    /// <summary>1e-8 of the currency; never above zero, since these accounts are what we owe.</summary>
    public Int128 Units { get; private init; }
}
