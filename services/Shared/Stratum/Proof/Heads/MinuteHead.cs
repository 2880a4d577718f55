using System.Security.Cryptography;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// What a node says about one minute of one contract: how many records there are, the root over them, what they add up
/// to, and which minute came before. Whoever keeps it can tell whether he is shown another history later.
/// </summary>
/// <param name="ContractId">Whose minute it is.</param>
/// <param name="NodeName">Where it was measured.</param>
/// <param name="Index">0 for the first minute of this contract on this node, then without gaps.</param>
/// <param name="MinuteAt">Its first instant.</param>
/// <param name="LeafCount">Records of the contract whose instant lies in it, in the order of the log.</param>
/// <param name="Root">The RFC 6962 root over their bodies.</param>
/// <param name="PreviousHead">The <see cref="Hash"/> of the head before; zeros for the first.</param>
/// <param name="Verdicts">Shares and work by verdict: ours, or where the pool attests, its own.</param>
/// <param name="ClosedAt">When nothing more could come.</param>
/// <param name="IsLast">No further minute of this contract comes from this node.</param>
public sealed record MinuteHead(
    ContractId ContractId,
    string NodeName,
    long Index,
    DateTimeOffset MinuteAt,
    long LeafCount,
    byte[] Root,
    byte[] PreviousHead,
    VerdictSums Verdicts,
    DateTimeOffset ClosedAt,
    bool IsLast)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    /// <summary>What the first head says of the one before it.</summary>
    public static byte[] NoHead => new byte[MerkleHash.SizeBytes];

    /// <summary>The first byte of its body: it shares the numbers of records and frames.</summary>
    internal const byte Kind = 32;

    private const int NodeNameBytes = 64;
    private static readonly int MaxBytes = 1 + 16 + (1 + NodeNameBytes) + 8 + 8 + 8 + (2 * MerkleHash.SizeBytes)
        + 1 + (VerdictSums.Verdicts.Count * (8 + 16)) + 8 + 1;

    /// <summary>The bytes that are signed.</summary>
    public byte[] ToBody()
    {
        var body = new byte[MaxBytes];
        var writer = new RecordWriter(body);
        writer.Byte(Kind);
        writer.Id(ContractId.Value);
        writer.Text(NodeName, NodeNameBytes);
        writer.Int64(Index);
        writer.Instant(MinuteAt);
        writer.Int64(LeafCount);
        writer.Raw(Root);
        writer.Raw(PreviousHead);
        writer.Byte((byte)VerdictSums.Verdicts.Count);
        foreach (var verdict in VerdictSums.Verdicts)
        {
            writer.Int64(Verdicts[verdict].Shares);
            writer.UInt128(Verdicts[verdict].Work.Hashes);
        }

        writer.Instant(ClosedAt);
        writer.Flag(IsLast);
        return body[..writer.Length];
    }

    /// <exception cref="RecordFormatException">The bytes are not a head.</exception>
    public static MinuteHead Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        if (reader.Byte() != Kind)
        {
            throw new RecordFormatException("This is not the head of a minute.");
        }

        var head = new MinuteHead(
            new ContractId(reader.Id()),
            reader.Text(NodeNameBytes),
            reader.Int64(),
            reader.Instant(),
            reader.Int64(),
            reader.Raw(MerkleHash.SizeBytes).ToArray(),
            reader.Raw(MerkleHash.SizeBytes).ToArray(),
            ReadVerdicts(ref reader),
            reader.Instant(),
            reader.Flag());
        reader.End();
        return head;
    }

    /// <summary>What the next head refers to.</summary>
    public byte[] Hash() => SHA256.HashData(ToBody());

    private static VerdictSums ReadVerdicts(ref RecordReader reader)
    {
        var count = reader.Byte();
        if (count != VerdictSums.Verdicts.Count)
        {
            throw new RecordFormatException($"A head tells of {VerdictSums.Verdicts.Count} verdicts, not {count}.");
        }

        var sums = new VerdictSums();
        foreach (var verdict in VerdictSums.Verdicts)
        {
            sums[verdict] = new VerdictSum(reader.Int64(), new Work(reader.UInt128()));
        }

        return sums;
    }
}
