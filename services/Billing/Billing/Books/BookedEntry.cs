namespace Marketplace.Billing.Books;

/// <summary>
/// An entry as it rests in the database; only <see cref="LedgerStore"/> writes it, and nobody changes it.
/// </summary>
internal sealed class BookedEntry
{
    public EntryId Id { get; private init; }

    /// <summary>The order of posting, by which pages are cut.</summary>
    public long Sequence { get; private init; }

    /// <summary>The database transaction that posted it (xid8): entries are sealed in the order of these.</summary>
    public ulong TransactionId { get; private init; }

    public string Key { get; private init; } = "";

    public string Description { get; private init; } = "";

    public ContractId? ContractId { get; private init; }

    /// <summary>The month it is booked in: that of its fact, or the first one after it that takes entries.</summary>
    public string Period { get; private init; } = "";

    public DateTimeOffset EffectiveAt { get; private init; }

    public DateTimeOffset PostedAt { get; private init; }

    public byte[] ContentHash { get; private init; } = [];
}
