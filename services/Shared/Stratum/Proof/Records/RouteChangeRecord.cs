namespace Marketplace.Stratum.Proof;

/// <summary>Whether a worker begins or ends to hash for the stamp's contract.</summary>
public enum RouteDirection : byte
{
    Arrived = 0,
    Left = 1,
}

/// <summary>
/// A worker moves. A move from one contract to another is two records, one in each, so that neither renter learns of
/// the other.
/// </summary>
/// <param name="Stamp">When, and which contract it arrives at or leaves.</param>
/// <param name="Connection">The number of the worker's connection.</param>
/// <param name="Direction">Arrived or left.</param>
/// <param name="Reason">Why, in a word or two such as <c>failover</c>.</param>
public readonly record struct RouteChangeRecord(
    RecordStamp Stamp, long Connection, RouteDirection Direction, string Reason)
{
    public const int MaxBytes = RecordStamp.SizeBytes + 8 + 1 + (1 + RecordLimits.ReasonBytes);

    /// <summary>Writes the body; allocates nothing.</summary>
    /// <returns>Its length, at most <see cref="MaxBytes"/>.</returns>
    public int Write(Span<byte> body)
    {
        var writer = new RecordWriter(body);
        writer.Stamp(RecordKind.RouteChange, Stamp);
        writer.Int64(Connection);
        writer.Byte((byte)Direction);
        writer.Text(Reason, RecordLimits.ReasonBytes);
        return writer.Length;
    }

    /// <exception cref="RecordFormatException">The body is not one of a route.</exception>
    public static RouteChangeRecord Read(ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body);
        var record = new RouteChangeRecord(
            reader.Stamp(RecordKind.RouteChange),
            reader.Int64(),
            reader.Choice<RouteDirection>(),
            reader.Text(RecordLimits.ReasonBytes));
        reader.End();
        return record;
    }
}
