namespace Marketplace.Stratum;

/// <summary>
/// Climbs from a leaf to the merkle root. Most of a share's time is spent here, so that what is the same at every step,
/// the padding of both messages and the first state, is laid out once.
/// </summary>
internal static class MerkleClimb
{
    private const int NodeBytes = 2 * Sha256Engine.HashBytes;

    /// <param name="engine">What hashes.</param>
    /// <param name="hash">The leaf; becomes the root.</param>
    /// <param name="branches">32 bytes for each step, the right half of the node.</param>
    public static void ToRoot(Sha256Engine engine, Span<byte> hash, ReadOnlySpan<byte> branches)
    {
        Span<byte> node = stackalloc byte[NodeBytes + Sha256Engine.BlockBytes];
        Span<byte> digest = stackalloc byte[Sha256Engine.BlockBytes];
        Sha256Stream.Pad(node[NodeBytes..], 0, NodeBytes);
        Sha256Stream.Pad(digest, Sha256Engine.HashBytes, Sha256Engine.HashBytes);
        var start = Sha256Rounds.Start;
        hash.CopyTo(node);
        for (; !branches.IsEmpty; branches = branches[Sha256Engine.HashBytes..])
        {
            branches[..Sha256Engine.HashBytes].CopyTo(node[Sha256Engine.HashBytes..]);
            var first = start;
            engine.Compress(first, node);
            Sha256Stream.WriteWords(first, digest);
            var second = start;
            engine.Compress(second, digest);
            Sha256Stream.WriteWords(second, node);
        }

        node[..Sha256Engine.HashBytes].CopyTo(hash);
    }
}
