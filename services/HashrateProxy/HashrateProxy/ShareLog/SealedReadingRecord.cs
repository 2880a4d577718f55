using System.Buffers.Binary;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>A signed meter reading as it rests in the log, before anyone was told of it.</summary>
internal sealed record SealedReadingRecord(long Sequence, byte[] Payload, byte[] Signature)
{
    private const int FixedBytes = 1 + 8 + 4;

    public byte[] ToBody()
    {
        var body = new byte[FixedBytes + Payload.Length + Signature.Length];
        body[0] = (byte)LogRecordKind.SealedReading;
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(1), Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(9), Payload.Length);
        Payload.CopyTo(body.AsSpan(FixedBytes));
        Signature.CopyTo(body.AsSpan(FixedBytes + Payload.Length));
        return body;
    }

    public static SealedReadingRecord Read(ReadOnlySpan<byte> body)
    {
        var payloadBytes = BinaryPrimitives.ReadInt32LittleEndian(body[9..]);
        return new SealedReadingRecord(
            BinaryPrimitives.ReadInt64LittleEndian(body[1..]),
            body.Slice(FixedBytes, payloadBytes).ToArray(),
            body[(FixedBytes + payloadBytes)..].ToArray());
    }
}
