using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>Whose difficulty changed.</summary>
public enum StratumLeg : byte
{
    /// <summary>A pool asks another difficulty of us.</summary>
    Upstream = 0,

    /// <summary>We ask another difficulty of a worker.</summary>
    Downstream = 1,
}

/// <summary>A new difficulty, in force from the next job on: every job carries its own.</summary>
/// <param name="Stamp">When, and for which contract.</param>
/// <param name="Leg">Between us and a pool, or between us and a worker.</param>
/// <param name="Connection">The number of that connection.</param>
/// <param name="Difficulty">The new one.</param>
public readonly record struct DifficultyChangeRecord(
    RecordStamp Stamp, StratumLeg Leg, long Connection, Difficulty Difficulty)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 1 + 8 + (1 + 1 + 16);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.DifficultyChange, Stamp);
        writer.Byte((byte)Leg);
        writer.Int64(Connection);
        writer.Difficulty(Difficulty);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a difficulty.</exception>
    public static DifficultyChangeRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new DifficultyChangeRecord(
            reader.Stamp(RecordKind.DifficultyChange),
            reader.Choice<StratumLeg>(),
            reader.Int64(),
            reader.Difficulty());
        reader.End();
        return record;
    }
}
