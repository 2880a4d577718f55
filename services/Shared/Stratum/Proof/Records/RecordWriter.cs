using System.Buffers.Binary;
using System.Text.Unicode;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Lays fields one behind the other, little-endian, into a span that is long enough. Allocates nothing.
/// </summary>
internal ref struct RecordWriter(Span<byte> destination)
{
    private const long TicksPerMicrosecond = 10;

    private readonly Span<byte> _destination = destination;

    /// <summary>How much was written so far.</summary>
    public int Length { get; private set; }

    public void Stamp(RecordKind kind, in RecordStamp stamp)
    {
        Byte((byte)kind);
        Int64(stamp.Number);
        Instant(stamp.At);
        Id(stamp.ContractId?.Value ?? Guid.Empty);
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    /// <summary>Microseconds since 1970, rounded down.</summary>
    public void Instant(DateTimeOffset at) =>
        Int64((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond);

    /// <summary>16 bytes in the order in which an id is read aloud (RFC 9562).</summary>
    public void Id(Guid id) => id.TryWriteBytes(Take(16), bigEndian: true, out _);

    /// <summary>Fixed length: the reader knows it.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>A byte of length, then the bytes; what is over the limit is cut.</summary>
    public void Short(scoped ReadOnlySpan<byte> bytes, int limit)
    {
        var kept = bytes[..Math.Min(bytes.Length, limit)];
        Byte((byte)kept.Length);
        Raw(kept);
    }

    /// <summary>Two bytes of length, then the bytes.</summary>
    public void Long(scoped ReadOnlySpan<byte> bytes)
    {
        UInt16(checked((ushort)bytes.Length));
        Raw(bytes);
    }

    /// <summary>A byte of length, then UTF-8; cut to the limit at a whole character.</summary>
    public void Text(string text, int limit)
    {
        var room = _destination.Slice(Length + 1, Math.Min(limit, _destination.Length - Length - 1));
        Utf8.FromUtf16(text, room, out _, out var written);
        Byte((byte)written);
        Take(written);
    }

    public void Extranonce(in Extranonce extranonce) => Short(extranonce.Bytes, Stratum.Extranonce.MaxBytes);

    /// <summary>Decimal digits after the point, then the digits as a number: its length, its bytes.</summary>
    public void Difficulty(Difficulty difficulty)
    {
        var (mantissa, scale) = difficulty.ToDecimal();
        Byte(scale);
        Span<byte> number = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(number, mantissa);
        Short(number.TrimEnd((byte)0), number.Length);
    }

    private Span<byte> Take(int length)
    {
        var taken = _destination.Slice(Length, length);
        Length += length;
        return taken;
    }
}
