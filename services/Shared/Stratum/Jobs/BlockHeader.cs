using System.Buffers.Binary;

namespace Marketplace.Stratum;

/// <summary>The 80 bytes that are hashed: version, previous hash, merkle root, time, bits, nonce.</summary>
public static class BlockHeader
{
    public const int SizeBytes = 80;
    public const int NonceAt = 76;

    private const int PreviousHashAt = 4;
    private const int MerkleRootAt = 36;
    private const int NTimeAt = 68;
    private const int NetworkBitsAt = 72;

    internal static void Write(
        Span<byte> header, PoolJob job, ReadOnlySpan<byte> merkleRoot, uint version, uint nTime, uint nonce)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, version);
        job.PreviousHashInHeader.CopyTo(header[PreviousHashAt..]);
        merkleRoot.CopyTo(header[MerkleRootAt..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[NTimeAt..], nTime);
        BinaryPrimitives.WriteUInt32LittleEndian(header[NetworkBitsAt..], job.NetworkBits);
        BinaryPrimitives.WriteUInt32LittleEndian(header[NonceAt..], nonce);
    }
}
