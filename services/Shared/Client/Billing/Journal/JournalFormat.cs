using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Client.Billing;

/// <summary>
/// The bytes that are hashed and signed. Every field is its UTF-8 text behind the length of that in four bytes, the
/// least significant first, so that no two contents have the same bytes. Integers are decimal; instants are
/// microseconds since 1970.
/// </summary>
public static class JournalFormat
{
    public const int HashBytes = 32;

    private const string EntryTag = "marketplace-journal-entry-1";
    private const string BlockTag = "marketplace-journal-block-1";

    /// <returns>SHA-256, 32 bytes.</returns>
    public static byte[] HashOf(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var bytes = new ArrayBufferWriter<byte>();
        Add(bytes, EntryTag);
        Add(bytes, entry.Position);
        Add(bytes, entry.Id.ToString());
        Add(bytes, entry.Key);
        Add(bytes, entry.Description);
        Add(bytes, entry.Period);
        Add(bytes, entry.ContractId?.ToString() ?? "");
        Add(bytes, MicrosecondsOf(entry.EffectiveAt));
        Add(bytes, MicrosecondsOf(entry.PostedAt));
        Add(bytes, entry.Postings.Count);
        foreach (var posting in entry.Postings)
        {
            Add(bytes, posting.Account);
            Add(bytes, posting.Amount.Currency.Code);
            Add(bytes, posting.Amount.Units);
        }

        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>Of the entries of a block, in their order; its digits.</summary>
    public static string HashOf(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
        {
            hash.AppendData(HashOf(entry));
        }

        return ToDigits(hash.GetHashAndReset());
    }

    /// <summary>All of a block but its hash and its signature.</summary>
    public static byte[] BytesOf(JournalBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var bytes = new ArrayBufferWriter<byte>();
        Add(bytes, BlockTag);
        Add(bytes, block.Number);
        Add(bytes, block.FirstPosition);
        Add(bytes, block.EntryCount);
        Add(bytes, block.EntriesHash);
        Add(bytes, block.PreviousHash);
        Add(bytes, MicrosecondsOf(block.SealedAt));
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A block's hash, as its digits.</summary>
    public static string HashOf(JournalBlock block) => ToDigits(SHA256.HashData(BytesOf(block)));

    public static string ToDigits(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    private static long MicrosecondsOf(DateTimeOffset at) =>
        (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static void Add<T>(ArrayBufferWriter<byte> bytes, T number)
        where T : IFormattable => Add(bytes, number.ToString(null, CultureInfo.InvariantCulture));

    private static void Add(ArrayBufferWriter<byte> bytes, string field)
    {
        var length = Encoding.UTF8.GetByteCount(field);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), length);
        bytes.Advance(sizeof(int));
        bytes.Advance(Encoding.UTF8.GetBytes(field, bytes.GetSpan(length)));
    }
}
