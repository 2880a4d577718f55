namespace Marketplace.Stratum.Proof;

/// <summary>The root over leaves that come one by one; it remembers one hash per level and no leaf.</summary>
public sealed class MerkleAccumulator
{
    /// <summary>Roots of whole subtrees, the largest first; one for each bit that is set in the count.</summary>
    private readonly Stack<byte[]> _subtrees = [];

    public long Count { get; private set; }

    public void Append(ReadOnlySpan<byte> leaf)
    {
        var hash = MerkleHash.OfLeaf(leaf);
        for (var pairs = Count; (pairs & 1) == 1; pairs >>= 1)
        {
            hash = MerkleHash.OfNode(_subtrees.Pop(), hash);
        }

        _subtrees.Push(hash);
        Count++;
    }

    /// <summary>The root of what was appended so far; more may follow.</summary>
    public byte[] Root() => Count == 0
        ? MerkleHash.OfNothing
        : _subtrees.Aggregate((right, left) => MerkleHash.OfNode(left, right));
}
