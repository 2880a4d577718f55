using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>The disk took nothing for a while: no share was answered <c>true</c> in between.</summary>
internal readonly record struct OutageRecord(DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Long, so that a few bytes of room are not taken for the end of an outage.</summary>
    private const int SizeBytes = 32 * 1024;

    public int Write(Span<byte> body)
    {
        body[..SizeBytes].Clear();
        body[0] = (byte)LogRecordKind.Outage;
        BinaryPrimitives.WriteInt64LittleEndian(body[1..], Since.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(body[9..], Until.UtcTicks);
        return SizeBytes;
    }

    public static OutageRecord Read(ReadOnlySpan<byte> body) => new(
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[1..]), TimeSpan.Zero),
        new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(body[9..]), TimeSpan.Zero));
}
