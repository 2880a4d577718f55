namespace Marketplace.Billing.Books;

internal sealed class BookedPosting
{
    public EntryId EntryId { get; private init; }

    /// <summary>1, 2, 3, ... in its entry.</summary>
    public int Line { get; private init; }

    public string Account { get; private init; } = "";

    public Currency Currency { get; private init; }

    /// <summary>1e-8 of the currency; a debit is positive.</summary>
    public Int128 Units { get; private init; }
}
