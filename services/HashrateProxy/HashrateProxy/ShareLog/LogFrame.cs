using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// What stands before every record: a mark, the body's length in three bytes, and a CRC-32C over place, length and
/// body. Since its place is part of the checksum a frame is whole only where it was written, so that the next one
/// behind a damaged stretch is found again, and bytes that look like one, sent by a worker, are not taken for one.
/// </summary>
internal static class LogFrame
{
    public const int SizeBytes = 8;
    public const int MaxBodyBytes = 4 * 1024 * 1024;
    private const uint Mark = 0xD5;
    private const int MarkBits = 8;

    /// <summary>Fills the frame before a body that is already in place.</summary>
    public static void Seal(Span<byte> frameAndBody, LogPosition position)
    {
        var length = (uint)(frameAndBody.Length - SizeBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frameAndBody, (length << MarkBits) | Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(frameAndBody[4..], Checksum(frameAndBody, position));
    }

    /// <returns>The body's length; zero when no frame begins here.</returns>
    public static int BodyBytes(ReadOnlySpan<byte> frame)
    {
        var word = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        var length = word >> MarkBits;
        return (word & byte.MaxValue) == Mark && length <= MaxBodyBytes ? (int)length : 0;
    }

    public static bool IsWhole(ReadOnlySpan<byte> frameAndBody, LogPosition position) =>
        Checksum(frameAndBody, position) == BinaryPrimitives.ReadUInt32LittleEndian(frameAndBody[4..]);

    private static uint Checksum(ReadOnlySpan<byte> frameAndBody, LogPosition position)
    {
        Span<byte> place = stackalloc byte[2 * sizeof(long) + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(place, position.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], position.Offset);
        frameAndBody[..sizeof(uint)].CopyTo(place[16..]);
        return ~Crc32C.Append(Crc32C.Append(uint.MaxValue, place), frameAndBody[SizeBytes..]);
    }
}
