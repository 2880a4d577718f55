namespace Marketplace.Stratum.Proof;

/// <summary>A leaf that shows by itself under which head it stands.</summary>
/// <param name="HeadIndex">The head's index, on the node whose section it stands in.</param>
/// <param name="LeafIndex">Its place among the head's leaves.</param>
/// <param name="Path">Its neighbours up to the root.</param>
/// <param name="Body">The record.</param>
internal sealed record ProvedRecord(long HeadIndex, long LeafIndex, IReadOnlyList<byte[]> Path, byte[] Body)
{
    public byte[] ToFrame()
    {
        var frame = new byte[8 + 8 + 1 + (Path.Count * MerkleHash.SizeBytes) + Body.Length];
        var writer = new RecordWriter(frame);
        writer.Int64(HeadIndex);
        writer.Int64(LeafIndex);
        writer.Byte((byte)Path.Count);
        foreach (var neighbour in Path)
        {
            writer.Raw(neighbour);
        }

        writer.Raw(Body);
        return frame;
    }

    /// <exception cref="RecordFormatException">The frame ends too early.</exception>
    public static ProvedRecord Read(ReadOnlySpan<byte> frame)
    {
        var reader = new RecordReader(frame);
        var (head, leaf, length) = (reader.Int64(), reader.Int64(), reader.Byte());
        var path = new byte[length][];
        for (var step = 0; step < length; step++)
        {
            path[step] = reader.Raw(MerkleHash.SizeBytes).ToArray();
        }

        return new ProvedRecord(head, leaf, path, reader.Rest().ToArray());
    }

    public bool IsUnder(MinuteHead head) => MerkleProof.Includes(head.Root, head.LeafCount, LeafIndex, Body, Path);
}
