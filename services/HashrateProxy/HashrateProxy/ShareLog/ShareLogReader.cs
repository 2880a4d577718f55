namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>Reads a node's log in the order in which it was written, also while it is written.</summary>
internal static class ShareLogReader
{
    /// <summary>All whole records in segments that can hold what was written at an instant or later.</summary>
    /// <param name="nodeDirectory">Where the node's segments are.</param>
    /// <param name="since">Earlier segments are not opened.</param>
    /// <param name="until">
    /// Where to stop: what lies before it was all written when it was given. Null reads on to the end, where a record
    /// that is being written looks damaged.
    /// </param>
    /// <param name="damaged">Told of every stretch that is no record.</param>
    public static IEnumerable<LogEntry> Read(
        string nodeDirectory,
        DateTimeOffset since,
        LogPosition? until = null,
        Action<LogDamage>? damaged = null) =>
        Read(LogSegments.Since(nodeDirectory, since), from: null, until, damaged);

    /// <summary>The whole records between two places.</summary>
    public static IEnumerable<LogEntry> Read(
        string nodeDirectory, LogPosition from, LogPosition until, Action<LogDamage>? damaged = null) =>
        Read(LogSegments.In(nodeDirectory), from, until, damaged);

    private static IEnumerable<LogEntry> Read(
        IEnumerable<LogSegment> segments, LogPosition? from, LogPosition? until, Action<LogDamage>? damaged)
    {
        var (lowest, highest) = (from?.Segment ?? 0, until?.Segment ?? long.MaxValue);
        foreach (var segment in segments.Where(segment => segment.Number >= lowest && segment.Number <= highest))
        {
            var first = segment.Number == from?.Segment ? from.Value.Offset : 0;
            long? last = segment.Number == until?.Segment ? until.Value.Offset : null;
            foreach (var entry in Read(segment, first, last, damaged))
            {
                yield return entry;
            }
        }
    }

    private static IEnumerable<LogEntry> Read(
        LogSegment segment, long from, long? until, Action<LogDamage>? damaged)
    {
        using var reader = new SegmentReader(segment, from, until);
        var isMore = true;
        while (isMore)
        {
            isMore = reader.TryNext(out var entry);
            if (reader.Damage is { } damage)
            {
                damaged?.Invoke(damage);
            }

            if (isMore)
            {
                yield return entry;
            }
        }
    }
}
