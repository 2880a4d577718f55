using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>What became of a worker's connection.</summary>
public enum WorkerEvent : byte
{
    Connected = 0,

    /// <summary>It was authorised under a name, of which a connection may have several.</summary>
    Named = 1,

    Gone = 2,
}

/// <summary>
/// A worker comes, says its name, or goes. Those who read one contract's records see no others: so it is written again
/// for each contract the worker begins to serve.
/// </summary>
/// <param name="Stamp">When, and for whom it hashes.</param>
/// <param name="Connection">Unique on the node, also across restarts.</param>
/// <param name="RigId">Whose worker it is.</param>
/// <param name="Event">What happened.</param>
/// <param name="NameNumber">Which of its names this is, from 0 on; what a share refers to.</param>
/// <param name="Name">The worker's name without its rig's; empty where there is none.</param>
/// <param name="Firmware">What it said it is; empty when it did not.</param>
public readonly record struct WorkerRecord(
    RecordStamp Stamp,
    long Connection,
    RigId RigId,
    WorkerEvent Event,
    byte NameNumber,
    string Name,
    string Firmware)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 16 + 1 + 1 + (2 * (1 + RecordLimits.NameBytes));

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.Worker, Stamp);
        writer.Int64(Connection);
        writer.Id(RigId.Value);
        writer.Byte((byte)Event);
        writer.Byte(NameNumber);
        writer.Text(Name, RecordLimits.NameBytes);
        writer.Text(Firmware, RecordLimits.NameBytes);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a worker.</exception>
    public static WorkerRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new WorkerRecord(
            reader.Stamp(RecordKind.Worker),
            reader.Int64(),
            new RigId(reader.Id()),
            reader.Choice<WorkerEvent>(),
            reader.Byte(),
            reader.Text(RecordLimits.NameBytes),
            reader.Text(RecordLimits.NameBytes));
        reader.End();
        return record;
    }
}
