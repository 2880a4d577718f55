using Marketplace.Client.Billing;

namespace Marketplace.Billing.Journal;

/// <summary>A block as it rests in the database; nobody changes it.</summary>
internal sealed class SealedBlock
{
    public required long Number { get; init; }

    public required long FirstPosition { get; init; }

    public required int EntryCount { get; init; }

    public required string EntriesHash { get; init; }

    public required string PreviousHash { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required string Hash { get; init; }

    public required string Signature { get; init; }

    public static SealedBlock Of(JournalBlock block) => new()
    {
        Number = block.Number,
        FirstPosition = block.FirstPosition,
        EntryCount = block.EntryCount,
        EntriesHash = block.EntriesHash,
        PreviousHash = block.PreviousHash,
        SealedAt = block.SealedAt,
        Hash = block.Hash,
        Signature = block.Signature,
    };

    public JournalBlock ToView() =>
        new(Number, FirstPosition, EntryCount, EntriesHash, PreviousHash, SealedAt, Hash, Signature);
}

/// <summary>An entry's number in the journal, given when it is sealed.</summary>
internal sealed class JournalPlace
{
    /// <summary>1, 2, 3, ... without gaps.</summary>
    public long Position { get; init; }

    public EntryId EntryId { get; init; }
}
