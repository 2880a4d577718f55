using System.IO.Compression;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The file: eight letters, two bytes of version, then a Brotli stream of frames. A frame is four bytes of length, a
/// byte of kind, and as many bytes of content as the length says.
/// </summary>
internal static class CertificateFormat
{
    public const ushort Version = 1;
    public const int FrameStartBytes = sizeof(int) + 1;
    public const int MaxFrameBytes = RecordLimits.BodyBytes + 8 + 8 + 1 + (MaxPathLength * MerkleHash.SizeBytes);

    /// <summary>Enough for a tree of 2^40 leaves.</summary>
    public const int MaxPathLength = 40;

    /// <summary>Hashes do not compress; names, ids and jobs do, and the lowest level finds most of it.</summary>
    public const CompressionLevel Level = CompressionLevel.Fastest;

    public static ReadOnlySpan<byte> Magic => "HASHCERT"u8;
}

/// <summary>What stands in a frame.</summary>
internal enum FrameKind : byte
{
    /// <summary>First, once.</summary>
    Terms = 1,

    /// <summary>A signature of 64 bytes, then the head. Heads of a node stand together and in their order.</summary>
    Head = 2,

    /// <summary>A leaf of the head before it, in the order of the leaves.</summary>
    Record = 3,

    /// <summary>
    /// In compact mode: index of the head, index of the leaf, a byte of path length, the path, the leaf.
    /// </summary>
    ProvedRecord = 4,

    /// <summary>Last: how many heads and how many leaves were written.</summary>
    End = 5,
}
