namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>The segment that is written now. Its owner says who may call what when.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly ISegmentFiles _files;
    private readonly string _directory;
    private ISegmentFile _file;

    /// <exception cref="IOException">No segment can be made there.</exception>
    public SegmentWriter(ISegmentFiles files, string directory, DateTimeOffset now)
    {
        (_files, _directory) = (files, directory);
        Directory.CreateDirectory(directory);
        Number = LogSegments.In(directory).Select(segment => segment.Number).LastOrDefault() + 1;
        StartedAt = now;
        _file = files.Create(Path.Combine(directory, LogSegments.NameOf(Number, now)));
        End = Synced = new LogPosition(Number, 0);
    }

    public long Number { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Behind what was written.</summary>
    public LogPosition End { get; private set; }

    /// <summary>Behind what is on the disk.</summary>
    public LogPosition Synced { get; private set; }

    /// <exception cref="IOException">The disk did not take it; the next write begins at the same place.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes, End.Offset);
        End = End.Behind(bytes.Length);
    }

    /// <exception cref="IOException">The disk failed.</exception>
    public LogPosition FlushUntil(LogPosition end)
    {
        if (Synced < end)
        {
            _file.Flush();
            Synced = end;
        }

        return Synced;
    }

    /// <summary>Goes on in a new file.</summary>
    /// <returns>The finished one, still to be flushed and closed.</returns>
    /// <exception cref="IOException">It cannot be made; the old one goes on.</exception>
    public ISegmentFile BeginNext(DateTimeOffset now)
    {
        var finished = _file;
        _file = _files.Create(Path.Combine(_directory, LogSegments.NameOf(Number + 1, now)));
        Number++;
        StartedAt = now;
        End = Synced = new LogPosition(Number, 0);
        return finished;
    }

    public void Dispose() => _file.Dispose();
}
