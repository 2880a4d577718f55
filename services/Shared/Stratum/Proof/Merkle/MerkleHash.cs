using System.Security.Cryptography;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// The hashes of RFC 6962 section 2.1. A leaf and a node begin with different bytes, so that none can be passed off as
/// the other.
/// </summary>
public static class MerkleHash
{
    public const int SizeBytes = SHA256.HashSizeInBytes;

    private const byte LeafMark = 0;
    private const byte NodeMark = 1;
    private const int MaxStackBytes = 1024;

    /// <summary>The root of a tree without leaves.</summary>
    public static byte[] OfNothing => SHA256.HashData([]);

    public static byte[] OfLeaf(ReadOnlySpan<byte> leaf)
    {
        Span<byte> stack = stackalloc byte[MaxStackBytes];
        var marked = leaf.Length < MaxStackBytes ? stack[..(1 + leaf.Length)] : new byte[1 + leaf.Length];
        marked[0] = LeafMark;
        leaf.CopyTo(marked[1..]);
        return SHA256.HashData(marked);
    }

    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> marked = stackalloc byte[1 + (2 * SizeBytes)];
        marked[0] = NodeMark;
        left.CopyTo(marked[1..]);
        right.CopyTo(marked[(1 + SizeBytes)..]);
        return SHA256.HashData(marked);
    }
}
