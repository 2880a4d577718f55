namespace Marketplace.Client.Billing;

/// <summary>One entry as the journal tells it, for good.</summary>
/// <param name="Position">1, 2, 3, ... without gaps: its number in the journal.</param>
/// <param name="Key">The natural key, which names the fact that caused it.</param>
/// <param name="Period">The month it is booked in, <c>2026-11</c>: that of its fact, or a later one.</param>
/// <param name="EffectiveAt">When the fact happened.</param>
/// <param name="PostedAt">When it was booked.</param>
/// <param name="Postings">In the order of their lines; they sum to zero per currency.</param>
public sealed record JournalEntry(
    long Position,
    EntryId Id,
    string Key,
    string Description,
    string Period,
    ContractId? ContractId,
    DateTimeOffset EffectiveAt,
    DateTimeOffset PostedAt,
    IReadOnlyList<LedgerPosting> Postings);

/// <summary>Entries that were sealed together, in a chain: each block has the hash of the one before it.</summary>
/// <param name="Number">1, 2, 3, ... without gaps.</param>
/// <param name="FirstPosition">Of its entries, which follow one another.</param>
/// <param name="EntriesHash">SHA-256 over its entries' hashes in their order; hexadecimal, as all hashes.</param>
/// <param name="PreviousHash">Of the block before it; zeros in the first.</param>
/// <param name="Hash">SHA-256 of <see cref="JournalFormat.BytesOf(JournalBlock)"/>.</param>
/// <param name="Signature">Over the same bytes: ES256 (RFC 7518, 3.4), by the key of billing.</param>
public sealed record JournalBlock(
    long Number,
    long FirstPosition,
    int EntryCount,
    string EntriesHash,
    string PreviousHash,
    DateTimeOffset SealedAt,
    string Hash,
    string Signature)
{
    /// <summary>What stands before the first block.</summary>
    public static string NoHash { get; } = new('0', 2 * JournalFormat.HashBytes);

    public long LastPosition => FirstPosition + EntryCount - 1;
}

/// <summary>A line of the journal's download: an entry, or the block that those before it belong to.</summary>
public sealed record JournalLine(JournalEntry? Entry, JournalBlock? Block);

/// <summary>What the books themselves say after a block.</summary>
/// <param name="Accounts">The sums of all postings up to that block.</param>
/// <param name="Guarded">
/// The balances the database keeps of the accounts that may not be overdrawn, less what came after that block.
/// </param>
public sealed record JournalBalances(
    long BlockNumber, IReadOnlyList<AccountBalance> Accounts, IReadOnlyList<AccountBalance> Guarded);
