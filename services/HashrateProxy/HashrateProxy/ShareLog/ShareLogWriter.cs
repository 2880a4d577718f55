using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// The append-only file of submits and sealed readings. A record is in the operating system's hands when
/// <see cref="AppendShare"/> returns, so it survives <c>kill -9</c>; groups of records are forced to the disk by
/// <see cref="Sync"/>. Framing: length, CRC-32C, body; a torn tail is cut off when the log is read.
/// </summary>
internal sealed class ShareLogWriter : IDisposable
{
    public const int FrameBytes = 8;
    public const int MaxBodyBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan SegmentLength = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly byte[] _shareBuffer = new byte[FrameBytes + ShareRecord.MaxBytes];
    private readonly string _directory;
    private readonly TimeProvider _time;
    private SafeFileHandle _file;
    private long _length;
    private DateTimeOffset _segmentStartedAt;
    private bool _isDirty;

    public ShareLogWriter(IOptions<ProxyOptions> options, TimeProvider time)
    {
        _directory = Path.Combine(options.Value.ShareLogDirectory, options.Value.NodeName);
        _time = time;
        Directory.CreateDirectory(_directory);
        (_file, _segmentStartedAt) = OpenSegment();
    }

    public void AppendShare(in JudgedShare share)
    {
        lock (_gate)
        {
            var length = ShareRecord.Write(_shareBuffer.AsSpan(FrameBytes), share);
            Append(_shareBuffer.AsSpan(0, FrameBytes + length));
        }
    }

    /// <summary>Seals a reading: when this returns, it is on the disk with every share it counts.</summary>
    /// <exception cref="InvalidOperationException">It is longer than what is read again.</exception>
    public void AppendSealedReading(SealedReadingRecord reading)
    {
        if (reading.BodyBytes > MaxBodyBytes)
        {
            throw new InvalidOperationException(
                $"A reading of {reading.BodyBytes} bytes is over the limit of {MaxBodyBytes}.");
        }

        var frame = new byte[FrameBytes + reading.BodyBytes];
        reading.Write(frame.AsSpan(FrameBytes));
        lock (_gate)
        {
            Append(frame);
            Flush();
        }
    }

    /// <summary>Forces what was appended to the disk, and begins a new segment when the hour is over.</summary>
    public void Sync()
    {
        lock (_gate)
        {
            Flush();
            if (_time.GetUtcNow() - _segmentStartedAt >= SegmentLength)
            {
                _file.Dispose();
                (_file, _segmentStartedAt) = OpenSegment();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Flush();
            _file.Dispose();
        }
    }

    private void Append(Span<byte> frame)
    {
        var body = frame[FrameBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Crc32C.Of(body));
        RandomAccess.Write(_file, frame, _length);
        _length += frame.Length;
        _isDirty = true;
    }

    private void Flush()
    {
        if (_isDirty)
        {
            RandomAccess.FlushToDisk(_file);
            _isDirty = false;
        }
    }

    private (SafeFileHandle File, DateTimeOffset StartedAt) OpenSegment()
    {
        var now = _time.GetUtcNow();
        var path = Path.Combine(_directory, $"{now:yyyyMMdd'T'HHmmssfff}.log");
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _length = RandomAccess.GetLength(file);
        return (file, now);
    }
}
