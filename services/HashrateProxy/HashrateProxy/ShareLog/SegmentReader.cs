using Microsoft.Win32.SafeHandles;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// Takes one record after the other out of a segment. Behind bytes that are no record it goes on at the next one that
/// is whole. Zeros up to its end are room that was taken and not written.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private const int WindowBytes = 256 * 1024;
    private const int LookBytes = 4096;

    private readonly SafeFileHandle _file;
    private readonly long _segment;
    private readonly long _end;
    private byte[] _window = new byte[WindowBytes];
    private long _windowStart;
    private int _windowLength;

    /// <param name="segment">The file.</param>
    /// <param name="from">Where a record begins.</param>
    /// <param name="until">Where to stop; null for the end of the file as it is now.</param>
    public SegmentReader(LogSegment segment, long from, long? until)
    {
        _file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _segment = segment.Number;
        _end = Math.Min(until ?? long.MaxValue, RandomAccess.GetLength(_file));
        Offset = _windowStart = from;
    }

    /// <summary>Behind the last record that was taken, and behind what was damaged.</summary>
    public long Offset { get; private set; }

    /// <summary>The stretch that was passed over by the last call; null when there was none.</summary>
    public LogDamage? Damage { get; private set; }

    public bool TryNext(out LogEntry entry)
    {
        var from = Offset;
        Damage = null;
        for (; _end - Offset >= LogFrame.SizeBytes; Offset++)
        {
            var length = LogFrame.BodyBytes(Peek(LogFrame.SizeBytes));
            if (length == 0 && Offset == from && IsUnwritten(from))
            {
                (Offset, entry) = (_end, default);
                return false;
            }

            if (length == 0 || length > _end - Offset - LogFrame.SizeBytes)
            {
                continue;
            }

            var position = new LogPosition(_segment, Offset);
            var frame = Peek(LogFrame.SizeBytes + length);
            if (LogFrame.IsWhole(frame, position))
            {
                entry = new LogEntry(position, frame[LogFrame.SizeBytes..].ToArray());
                NoteDamage(from, isTail: false);
                Offset += frame.Length;
                return true;
            }
        }

        Offset = Math.Max(Offset, _end);
        NoteDamage(from, isTail: true);
        entry = default;
        return false;
    }

    public void Dispose() => _file.Dispose();

    private bool IsUnwritten(long from)
    {
        Span<byte> part = stackalloc byte[LookBytes];
        for (var at = from; at < _end; at += LookBytes)
        {
            var read = RandomAccess.Read(_file, part[..(int)Math.Min(LookBytes, _end - at)], at);
            if (part[..read].ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    private void NoteDamage(long from, bool isTail) => Damage = Offset > from
        ? new LogDamage(new LogPosition(_segment, from), Offset - from, isTail)
        : null;

    private ReadOnlySpan<byte> Peek(int count)
    {
        if (Offset + count > _windowStart + _windowLength)
        {
            if (_window.Length < count)
            {
                _window = new byte[count];
            }

            _windowStart = Offset;
            _windowLength = 0;
            var wanted = (int)Math.Min(_window.Length, _end - Offset);
            var read = 1;
            while (_windowLength < wanted && read > 0)
            {
                var rest = _window.AsSpan(_windowLength, wanted - _windowLength);
                read = RandomAccess.Read(_file, rest, Offset + _windowLength);
                _windowLength += read;
            }
        }

        return _window.AsSpan((int)(Offset - _windowStart), count);
    }
}
