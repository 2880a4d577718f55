using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>What every record begins with, behind its kind.</summary>
/// <param name="Number">
/// Ascending in the order of the node's log, used once by one node for ever. Other records refer to this one by it.
/// </param>
/// <param name="At">When it happened, kept to the microsecond. It is a leaf of the minute in which this lies.</param>
/// <param name="ContractId">Null while the fleet hashes for its owner.</param>
public readonly record struct RecordStamp(long Number, DateTimeOffset At, ContractId? ContractId)
{
    /// <summary>Kind, number, microseconds since 1970, contract.</summary>
    public const int SizeBytes = 1 + 8 + 8 + 16;

    /// <exception cref="RecordFormatException">The body is too short to tell, or no record of proof.</exception>
    public static RecordKind KindOf(ReadOnlySpan<byte> body)
    {
        var kind = (RecordKind)new RecordReader(body).Byte();
        return Enum.IsDefined(kind)
            ? kind
            : throw new RecordFormatException($"{(byte)kind} is no kind of record that is known here.");
    }

    /// <summary>The stamp of a record of any kind.</summary>
    /// <exception cref="RecordFormatException">The body is too short, or no record of proof.</exception>
    public static RecordStamp Of(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        return reader.Stamp(KindOf(body));
    }
}
