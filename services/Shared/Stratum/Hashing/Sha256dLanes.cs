using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Marketplace.Stratum;

/// <summary>What has the same shape in every share, hashed in all lanes: a digest, a node, a header.</summary>
internal static class Sha256dLanes
{
    private const int HashWords = Sha256Engine.HashBytes / sizeof(uint);
    private const int BlockWords = Sha256Engine.BlockBytes / sizeof(uint);
    private const int BitsPerByte = 8;

    /// <summary>The end mark, as the first byte of a word.</summary>
    private const uint EndMark = 0x80000000;

    private static readonly LaneState Start = Sha256Lanes.Spread(Sha256Rounds.Start);

    /// <summary>The block behind a node is all padding, so that its schedule is known.</summary>
    private static readonly uint[] NodePadding = PaddingOf(2 * Sha256Engine.HashBytes);

    /// <summary>The second half of SHA-256d: each lane's digest becomes the hash of itself.</summary>
    public static void HashDigest(ref LaneState digest)
    {
        var block = default(LaneBlock);
        for (var word = 0; word < HashWords; word++)
        {
            block[word] = digest[word];
        }

        block[HashWords] = Vector512.Create(EndMark);
        block[BlockWords - 1] = Vector512.Create((uint)Sha256Engine.HashBytes * BitsPerByte);
        digest = Start;
        Sha256Lanes.Compress(ref digest, block);
    }

    /// <summary>SHA-256d of 64 bytes, a node of the merkle tree.</summary>
    public static void HashNode(in LaneBlock node, out LaneState hash)
    {
        hash = Start;
        Sha256Lanes.Compress(ref hash, node);
        Sha256Lanes.Compress(ref hash, NodePadding);
        HashDigest(ref hash);
    }

    /// <summary>SHA-256d of 80 bytes.</summary>
    /// <param name="start">The first 64 of them.</param>
    /// <param name="end">The others in its first four words; the rest of it is written here.</param>
    /// <param name="hash">Of each lane.</param>
    public static void HashHeader(in LaneBlock start, ref LaneBlock end, out LaneState hash)
    {
        const int wordsOfEnd = (BlockHeader.SizeBytes - Sha256Engine.BlockBytes) / sizeof(uint);
        end[wordsOfEnd] = Vector512.Create(EndMark);
        for (var word = wordsOfEnd + 1; word < BlockWords - 1; word++)
        {
            end[word] = Vector512<uint>.Zero;
        }

        end[BlockWords - 1] = Vector512.Create((uint)BlockHeader.SizeBytes * BitsPerByte);
        hash = Start;
        Sha256Lanes.Compress(ref hash, start);
        Sha256Lanes.Compress(ref hash, end);
        HashDigest(ref hash);
    }

    private static uint[] PaddingOf(int messageBytes)
    {
        Span<byte> block = stackalloc byte[Sha256Engine.BlockBytes];
        Sha256Stream.Pad(block, 0, messageBytes);
        var rounds = new uint[Sha256Rounds.Count];
        for (var word = 0; word < BlockWords; word++)
        {
            rounds[word] = BinaryPrimitives.ReadUInt32BigEndian(block[(word * sizeof(uint))..]);
        }

        Sha256Rounds.Expand(rounds);
        for (var round = 0; round < rounds.Length; round++)
        {
            rounds[round] += Sha256Rounds.Constants[round];
        }

        return rounds;
    }
}
