using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>A pool's <c>mining.notify</c> with all that its headers are rebuilt from.</summary>
/// <param name="Stamp">Its number is what downstream jobs refer to.</param>
/// <param name="DestinationId">Null for a seller's own pool.</param>
/// <param name="Upstream">The number of our connection to the pool; another one after every reconnect.</param>
/// <param name="Algorithm">How its headers are hashed and their work is counted.</param>
/// <param name="Job">As it was sent.</param>
/// <param name="Extranonce">What the pool had handed out when the job came.</param>
/// <param name="Difficulty">What the pool asks of a share of this job.</param>
/// <param name="VersionMask">The version bits it lets us roll; zero when it grants none.</param>
public readonly record struct PoolJobRecord(
    RecordStamp Stamp,
    DestinationId? DestinationId,
    long Upstream,
    Algorithm Algorithm,
    PoolJob Job,
    ExtranonceAssignment Extranonce,
    Difficulty Difficulty,
    uint VersionMask)
{
    internal const int AlgorithmNameBytes = 32;
    private const int HashBytes = 32;
    private const int DifficultyBytes = 1 + 1 + 16;
    private const int FixedBytes = RecordStamp.SizeBytes + 16 + 8 + HashBytes + (3 * sizeof(uint)) + 1 + 1 + 4;

    public const int MaxBytes = FixedBytes + DifficultyBytes + (1 + AlgorithmNameBytes)
        + (1 + StratumLimits.JobIdBytes) + (1 + Stratum.Extranonce.MaxBytes)
        + (2 * (2 + RecordLimits.CoinbasePartBytes)) + 1 + (StratumLimits.MerkleBranches * HashBytes);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.PoolJob, Stamp);
        writer.Id(DestinationId?.Value ?? Guid.Empty);
        writer.Int64(Upstream);
        writer.Text(Algorithm.Name, AlgorithmNameBytes);
        writer.Text(Job.Id, StratumLimits.JobIdBytes);
        writer.Raw(Job.PreviousHash);
        writer.Long(Job.Coinbase1);
        writer.Long(Job.Coinbase2);
        writer.Byte((byte)(Job.MerkleBranches.Length / HashBytes));
        writer.Raw(Job.MerkleBranches);
        writer.UInt32(Job.Version);
        writer.UInt32(Job.NetworkBits);
        writer.UInt32(Job.NTime);
        writer.Flag(Job.IsClean);
        writer.Extranonce(Extranonce.Extranonce1);
        writer.Byte((byte)Extranonce.Extranonce2Bytes);
        writer.Difficulty(Difficulty);
        writer.UInt32(VersionMask);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a pool's job.</exception>
    public static PoolJobRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var stamp = reader.Stamp(RecordKind.PoolJob);
        var destination = reader.Id();
        var record = new PoolJobRecord(
            stamp,
            destination == Guid.Empty ? null : new DestinationId(destination),
            reader.Int64(),
            reader.Algorithm(),
            ReadJob(ref reader),
            new ExtranonceAssignment(reader.Extranonce(), reader.ExtranonceBytes()),
            reader.Difficulty(),
            reader.UInt32());
        reader.End();
        return record;
    }

    private static PoolJob ReadJob(ref RecordReader reader)
    {
        var id = reader.Text(StratumLimits.JobIdBytes);
        var previousHash = reader.Raw(HashBytes).ToArray();
        var coinbase1 = reader.Long(RecordLimits.CoinbasePartBytes).ToArray();
        var coinbase2 = reader.Long(RecordLimits.CoinbasePartBytes).ToArray();
        var branches = reader.Byte();
        if (branches > StratumLimits.MerkleBranches)
        {
            throw new RecordFormatException($"{branches} merkle branches are more than any block has.");
        }

        var branchBytes = reader.Raw(branches * HashBytes).ToArray();
        return new PoolJob(
            id, previousHash, coinbase1, coinbase2, branchBytes,
            reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.Flag());
    }
}
