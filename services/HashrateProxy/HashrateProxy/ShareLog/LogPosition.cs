namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>A place in a node's log: behind it comes the next record.</summary>
/// <param name="Segment">The number of the file.</param>
/// <param name="Offset">Bytes from its beginning.</param>
internal readonly record struct LogPosition(long Segment, long Offset) : IComparable<LogPosition>
{
    public LogPosition Behind(long bytes) => this with { Offset = Offset + bytes };

    public int CompareTo(LogPosition other) =>
        (Segment, Offset).CompareTo((other.Segment, other.Offset));

    public static bool operator <(LogPosition left, LogPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(LogPosition left, LogPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(LogPosition left, LogPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LogPosition left, LogPosition right) => left.CompareTo(right) >= 0;
}

/// <summary>One record where it stands.</summary>
internal readonly record struct LogEntry(LogPosition Position, byte[] Body)
{
    public LogRecordKind Kind => (LogRecordKind)Body[0];

    /// <summary>Behind it.</summary>
    public LogPosition End => Position.Behind(LogFrame.SizeBytes + Body.Length);
}

/// <summary>Bytes that are no record: a tail that a crash tore off, or a disk that forgot.</summary>
/// <param name="IsTail">Nothing whole follows in its segment, which is what a crash leaves.</param>
internal readonly record struct LogDamage(LogPosition Position, long Bytes, bool IsTail);
