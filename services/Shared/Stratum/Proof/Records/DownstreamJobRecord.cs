using System.Globalization;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// A <c>mining.notify</c> of ours to one worker: with its pool's job it rebuilds the header of any share.
/// </summary>
/// <param name="Stamp">Its number is what shares refer to.</param>
/// <param name="PoolJob">The number of the <see cref="PoolJobRecord"/> it is made from.</param>
/// <param name="Connection">The number of the worker's connection.</param>
/// <param name="Prefix">Our bytes between the pool's extranonce1 and the worker's.</param>
/// <param name="WorkerExtranonce1">The worker's own.</param>
/// <param name="WorkerExtranonce2Bytes">How many bytes the worker chooses.</param>
/// <param name="NTime">The time sent with it, seconds since 1970.</param>
/// <param name="Difficulty">What a share must meet and is credited with.</param>
/// <param name="VersionMask">The bits the worker may roll.</param>
public readonly record struct DownstreamJobRecord(
    RecordStamp Stamp,
    long PoolJob,
    long Connection,
    Extranonce Prefix,
    Extranonce WorkerExtranonce1,
    int WorkerExtranonce2Bytes,
    uint NTime,
    Difficulty Difficulty,
    uint VersionMask)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 8 + (2 * (1 + Extranonce.MaxBytes)) + 1 + 4
        + (1 + 1 + 16) + 4;

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.DownstreamJob, Stamp);
        writer.Int64(PoolJob);
        writer.Int64(Connection);
        writer.Extranonce(Prefix);
        writer.Extranonce(WorkerExtranonce1);
        writer.Byte((byte)WorkerExtranonce2Bytes);
        writer.UInt32(NTime);
        writer.Difficulty(Difficulty);
        writer.UInt32(VersionMask);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a downstream job.</exception>
    public static DownstreamJobRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new DownstreamJobRecord(
            reader.Stamp(RecordKind.DownstreamJob),
            reader.Int64(),
            reader.Int64(),
            reader.Extranonce(),
            reader.Extranonce(),
            reader.ExtranonceBytes(),
            reader.UInt32(),
            reader.Difficulty(),
            reader.UInt32());
        reader.End();
        return record;
    }

    /// <summary>The job as it was when it was sent: it judges a share as it was judged then.</summary>
    /// <exception cref="RecordFormatException">The two do not fit together.</exception>
    public DownstreamJob ToJob(in PoolJobRecord poolJob)
    {
        var seam = new CoinbaseSeam(poolJob.Extranonce, WorkerExtranonce1.Length, WorkerExtranonce2Bytes);
        if (PoolJob != poolJob.Stamp.Number || Prefix.Length != seam.PrefixBytes)
        {
            throw new RecordFormatException($"Job {Stamp.Number} does not fit into the pool's job {PoolJob}.");
        }

        var name = Stamp.Number.ToString(CultureInfo.InvariantCulture);
        var target = Difficulty.ToTarget(poolJob.Algorithm);
        return new DownstreamJob(name, poolJob.Job, seam, Prefix, target, NTime, poolJob.Algorithm);
    }
}
