using System.Buffers.Binary;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>The signed head of a minute as it rests in the log, before anyone was told of it.</summary>
internal static class SealedHeadRecord
{
    private const int FixedBytes = 1 + sizeof(ushort);

    public static byte[] ToBody(SignedHead head)
    {
        var body = new byte[FixedBytes + head.Body.Length + head.Signature.Length];
        body[0] = (byte)LogRecordKind.SealedHead;
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(1), checked((ushort)head.Body.Length));
        head.Body.CopyTo(body.AsSpan(FixedBytes));
        head.Signature.CopyTo(body.AsSpan(FixedBytes + head.Body.Length));
        return body;
    }

    public static SignedHead Read(ReadOnlySpan<byte> body)
    {
        var headBytes = BinaryPrimitives.ReadUInt16LittleEndian(body[1..]);
        return new SignedHead(
            body.Slice(FixedBytes, headBytes).ToArray(), body[(FixedBytes + headBytes)..].ToArray());
    }
}
