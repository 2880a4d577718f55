using static System.Buffers.Binary.BinaryPrimitives;

namespace Marketplace.Stratum;

/// <summary>The headers of sixteen shares, word by word as SHA-256 reads them, and their hashes.</summary>
internal static class HeaderLanes
{
    private const int HashWords = Sha256Engine.HashBytes / sizeof(uint);
    private const int BlockWords = Sha256Engine.BlockBytes / sizeof(uint);

    /// <summary>The version and the previous hash come before it.</summary>
    private const int FirstRootWord = 1 + HashWords;

    /// <param name="shares">What their headers are made of.</param>
    /// <param name="root">Each lane's merkle root.</param>
    /// <param name="hashes">Receives a hash for each share.</param>
    public static void Hash(ReadOnlySpan<BatchedShare> shares, in LaneState root, Span<ShareHash> hashes)
    {
        var (start, end) = (default(LaneBlock), default(LaneBlock));
        for (var lane = 0; lane < shares.Length; lane++)
        {
            ref readonly var share = ref shares[lane];
            start.Words[lane] = ReverseEndianness(share.Version);
            LaneWords.Set(start.Words[Sha256Lanes.Count..], lane, share.Job.PoolJob.PreviousHashInHeader);
            SetWord(ref end, 1, lane, ReverseEndianness(share.NTime));
            SetWord(ref end, 2, lane, ReverseEndianness(share.Job.PoolJob.NetworkBits));
            SetWord(ref end, 3, lane, ReverseEndianness(share.Nonce));
        }

        for (var word = FirstRootWord; word < BlockWords; word++)
        {
            start[word] = root[word - FirstRootWord];
        }

        end[0] = root[HashWords - 1];
        Sha256dLanes.HashHeader(start, ref end, out var hash);
        Span<byte> digest = stackalloc byte[Sha256Engine.HashBytes];
        for (var lane = 0; lane < shares.Length; lane++)
        {
            LaneWords.Get(hash.Words, lane, digest);
            hashes[lane] = new ShareHash(digest);
        }
    }

    private static void SetWord(ref LaneBlock block, int word, int lane, uint value) =>
        block.Words[word * Sha256Lanes.Count + lane] = value;
}
