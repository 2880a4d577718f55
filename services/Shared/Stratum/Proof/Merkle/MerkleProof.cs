namespace Marketplace.Stratum.Proof;

/// <summary>Checks what a <see cref="MerkleTree"/> shows, knowing roots only (RFC 9162 section 2.1).</summary>
public static class MerkleProof
{
    /// <summary>True when exactly this leaf stands at this place of the tree with this root.</summary>
    public static bool Includes(
        ReadOnlySpan<byte> root, long count, long index, ReadOnlySpan<byte> leaf, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= count)
        {
            return false;
        }

        var hash = MerkleHash.OfLeaf(leaf);
        var last = count - 1;
        foreach (var neighbour in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((index & 1) == 1 || index == last)
            {
                hash = MerkleHash.OfNode(neighbour, hash);
                SkipLevelsWithoutNeighbour(ref index, ref last);
            }
            else
            {
                hash = MerkleHash.OfNode(hash, neighbour);
            }

            index >>= 1;
            last >>= 1;
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>True when the first tree is the beginning of the second.</summary>
    public static bool Continues(
        byte[] firstRoot, long firstCount, byte[] secondRoot, long secondCount, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (firstCount <= 0 || firstCount > secondCount)
        {
            return false;
        }

        if (firstCount == secondCount)
        {
            return path.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        }

        var steps = new Queue<byte[]>(long.IsPow2(firstCount) ? path.Prepend(firstRoot) : path);
        var (index, last) = (firstCount - 1, secondCount - 1);
        for (; (index & 1) == 1; index >>= 1)
        {
            last >>= 1;
        }

        if (!steps.TryDequeue(out var first))
        {
            return false;
        }

        var second = first;
        while (steps.TryDequeue(out var neighbour))
        {
            if (last == 0)
            {
                return false;
            }

            if ((index & 1) == 1 || index == last)
            {
                first = MerkleHash.OfNode(neighbour, first);
                second = MerkleHash.OfNode(neighbour, second);
                SkipLevelsWithoutNeighbour(ref index, ref last);
            }
            else
            {
                second = MerkleHash.OfNode(second, neighbour);
            }

            index >>= 1;
            last >>= 1;
        }

        return last == 0 && first.AsSpan().SequenceEqual(firstRoot) && second.AsSpan().SequenceEqual(secondRoot);
    }

    /// <summary>The last node of a level moves up as it is until it is a right one.</summary>
    private static void SkipLevelsWithoutNeighbour(ref long index, ref long last)
    {
        while ((index & 1) == 0 && index != 0)
        {
            index >>= 1;
            last >>= 1;
        }
    }
}
