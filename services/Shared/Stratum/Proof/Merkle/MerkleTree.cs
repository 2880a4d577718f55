using System.Numerics;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// A tree that can show that a leaf is in it, and that a shorter one was its beginning (RFC 6962 section 2.1).
/// </summary>
public sealed class MerkleTree
{
    /// <summary>Leaf hashes, then each level above; a node without a neighbour moves up as it is.</summary>
    private readonly List<byte[][]> _levels;

    /// <param name="leaves">The leaves themselves, in order.</param>
    public MerkleTree(IEnumerable<byte[]> leaves)
    {
        _levels = [[.. leaves.Select(leaf => MerkleHash.OfLeaf(leaf))]];
        for (var level = _levels[0]; level.Length > 1; _levels.Add(level))
        {
            level = [.. level.Chunk(2).Select(pair => pair is [var one] ? one : MerkleHash.OfNode(pair[0], pair[1]))];
        }
    }

    public int Count => _levels[0].Length;

    public byte[] Root => Count == 0 ? MerkleHash.OfNothing : _levels[^1][0];

    /// <summary>The neighbours on the way from a leaf to the root, the lowest first.</summary>
    public IReadOnlyList<byte[]> InclusionPath(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var path = new List<byte[]>();
        foreach (var level in _levels.SkipLast(1))
        {
            var neighbour = index ^ 1;
            if (neighbour < level.Length)
            {
                path.Add(level[neighbour]);
            }

            index >>= 1;
        }

        return path;
    }

    /// <summary>
    /// Shows that the tree of the first <paramref name="count"/> leaves was the beginning of this one.
    /// </summary>
    public IReadOnlyList<byte[]> ConsistencyPath(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        var path = new List<byte[]>();
        AddConsistency(count, 0, Count, isKnown: true, path);
        return path;
    }

    private void AddConsistency(int count, int start, int end, bool isKnown, List<byte[]> path)
    {
        if (count == end - start)
        {
            if (!isKnown)
            {
                path.Add(RootOf(start, end));
            }

            return;
        }

        var left = LeftLeaves(end - start);
        if (count <= left)
        {
            AddConsistency(count, start, start + left, isKnown, path);
            path.Add(RootOf(start + left, end));
        }
        else
        {
            AddConsistency(count - left, start + left, end, isKnown: false, path);
            path.Add(RootOf(start, start + left));
        }
    }

    private byte[] RootOf(int start, int end)
    {
        var size = end - start;
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((uint)size);
            return _levels[level][start >> level];
        }

        var left = LeftLeaves(size);
        return MerkleHash.OfNode(RootOf(start, start + left), RootOf(start + left, end));
    }

    /// <summary>The largest power of two below a count of at least two.</summary>
    private static int LeftLeaves(int count) => 1 << BitOperations.Log2((uint)(count - 1));
}
