namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>Reads a node's log in the order in which it was written, also while it is written.</summary>
internal static class ShareLogReader
{
    /// <summary>All whole records in segments that can hold what was written at an instant or later.</summary>
    /// <param name="nodeDirectory">Where the node's segments are.</param>
    /// <param name="since">Earlier segments are not opened.</param>
    /// <param name="damaged">Told of every stretch that is no record.</param>
    public static IEnumerable<LogEntry> Read(
        string nodeDirectory, DateTimeOffset since, Action<LogDamage>? damaged = null)
    {
        foreach (var segment in LogSegments.Since(nodeDirectory, since))
        {
            foreach (var entry in Read(segment, from: 0, until: null, damaged))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The whole records between two places.</summary>
    public static IEnumerable<LogEntry> Read(
        string nodeDirectory, LogPosition from, LogPosition until, Action<LogDamage>? damaged = null)
    {
        var segments = LogSegments.In(nodeDirectory)
            .Where(segment => segment.Number >= from.Segment && segment.Number <= until.Segment);
        foreach (var segment in segments)
        {
            var first = segment.Number == from.Segment ? from.Offset : 0;
            long? last = segment.Number == until.Segment ? until.Offset : null;
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
