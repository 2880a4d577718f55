using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// The append-only log of one node. What somebody is told because of it is in the operating system's hands before, so
/// that it survives <c>kill -9</c>; the rest waits for the next such write. <see cref="Sync"/> forces it all to the
/// disk in groups. While the disk takes nothing, nothing is promised: the callers are told so, and it is tried again.
/// </summary>
internal sealed class ShareLogWriter : IDisposable
{
    /// <summary>Numbers of one run: it begins above all that earlier runs can have given.</summary>
    private const int NumberBitsPerRun = 40;

    private static readonly TimeSpan SegmentLength = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Lock _syncGate = new();
    private readonly RecordBuffer _waiting = new();
    private readonly SegmentWriter _segment;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _maxSegmentBytes;
    private long _lastNumber;
    private DateTimeOffset _lastAt;
    private DateTimeOffset? _fullSinceAt;

    public ShareLogWriter(
        ISegmentFiles files, IOptions<ProxyOptions> options, TimeProvider time, ILogger<ShareLogWriter> logger)
    {
        Directory = Path.Combine(options.Value.ShareLogDirectory, options.Value.NodeName);
        (_time, _logger) = (time, logger);
        _maxSegmentBytes = options.Value.ShareLogSegmentMegabytes * 1024L * 1024L;
        _segment = new SegmentWriter(files, Directory, time.GetUtcNow());
        _lastNumber = _segment.Number << NumberBitsPerRun;
    }

    /// <summary>Where this node's segments are.</summary>
    public string Directory { get; }

    /// <summary>True while the disk takes nothing.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _fullSinceAt is not null;
            }
        }
    }

    /// <summary>A number for something that has no record of its own.</summary>
    public long TakeNumber()
    {
        lock (_gate)
        {
            return ++_lastNumber;
        }
    }

    /// <summary>
    /// No record is stamped earlier from now on: what lies before is complete once it is on the disk.
    /// </summary>
    public void OpenFrom(DateTimeOffset at)
    {
        lock (_gate)
        {
            _lastAt = at > _lastAt ? at : _lastAt;
        }
    }

    /// <summary>Appends what nobody waits for: it is written before the next share, or by the next sync.</summary>
    /// <returns>Null when there is no room for it, because the disk has been full for long.</returns>
    public RecordStamp? Append<TState>(ContractId? contractId, in TState state, RecordEncoder<TState> encode)
        where TState : allows ref struct
    {
        lock (_gate)
        {
            return TryAdd(contractId, default, state, encode);
        }
    }

    /// <summary>Appends and writes, with all that waits before it.</summary>
    /// <param name="contractId">Whose record it is; null while the fleet hashes for its owner.</param>
    /// <param name="notBefore">It is stamped with the present, but not with an earlier instant than this.</param>
    /// <param name="state">What it is made of.</param>
    /// <param name="encode">Makes it.</param>
    /// <returns>
    /// When it may be answered. Null when the disk did not take it: it is not in the log and never will be.
    /// </returns>
    public RecordStamp? Write<TState>(
        ContractId? contractId, DateTimeOffset notBefore, in TState state, RecordEncoder<TState> encode)
        where TState : allows ref struct
    {
        lock (_gate)
        {
            var before = _waiting.Length;
            if (_fullSinceAt is not null || TryAdd(contractId, notBefore, state, encode) is not { } stamp)
            {
                return null;
            }

            if (TryWriteOut())
            {
                return stamp;
            }

            _waiting.CutTo(before);
            return null;
        }
    }

    /// <summary>
    /// Writes a record of any length and forces it to the disk, with everything that stands before it.
    /// </summary>
    /// <returns>False when the disk did not take it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is longer than what is read again.</exception>
    public bool Seal(ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, LogFrame.MaxBodyBytes, nameof(body));
        var frame = new byte[LogFrame.SizeBytes + body.Length];
        body.CopyTo(frame.AsSpan(LogFrame.SizeBytes));
        lock (_syncGate)
        {
            lock (_gate)
            {
                if (_fullSinceAt is not null || !TryWriteOut())
                {
                    return false;
                }

                LogFrame.Seal(frame, _segment.End);
                if (!TryWrite(frame))
                {
                    return false;
                }
            }

            Flush();
            return true;
        }
    }

    /// <summary>
    /// Forces what was appended to the disk, begins a new segment when one is due, and tries again a disk that was
    /// full.
    /// </summary>
    /// <returns>What stands before it is on the disk.</returns>
    public LogPosition Sync()
    {
        lock (_syncGate)
        {
            bool isDue;
            lock (_gate)
            {
                isDue = TryEndOutage() && TryWriteOut()
                    && (_segment.End.Offset >= _maxSegmentBytes
                        || _time.GetUtcNow() - _segment.StartedAt >= SegmentLength);
            }

            var synced = Flush();
            return isDue ? BeginSegment(synced) : synced;
        }
    }

    public void Dispose()
    {
        Sync();
        _segment.Dispose();
    }

    private RecordStamp? TryAdd<TState>(
        ContractId? contractId, DateTimeOffset notBefore, in TState state, RecordEncoder<TState> encode)
        where TState : allows ref struct
    {
        if (!_waiting.HasRoom && (_fullSinceAt is not null || !TryWriteOut()))
        {
            return null;
        }

        var now = _time.GetUtcNow();
        _lastAt = now > _lastAt ? now : _lastAt;
        _lastAt = notBefore > _lastAt ? notBefore : _lastAt;
        var stamp = new RecordStamp(++_lastNumber, _lastAt, contractId);
        _waiting.Add(_segment.End, stamp, state, encode);
        return stamp;
    }

    private bool TryWriteOut()
    {
        if (_waiting.Length > 0 && !TryWrite(_waiting.Bytes))
        {
            return false;
        }

        _waiting.CutTo(0);
        return true;
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _segment.Write(bytes);
            return true;
        }
        catch (IOException failure)
        {
            NoteFull(failure);
            return false;
        }
    }

    private void NoteFull(IOException failure)
    {
        if (_fullSinceAt is null)
        {
            _fullSinceAt = _time.GetUtcNow();
            _logger.LogCritical(failure, "The share log cannot be written: no share is accepted until it can");
        }
    }

    /// <summary>The record of the outage is what is tried: when it is written, the outage is over.</summary>
    private bool TryEndOutage()
    {
        if (_fullSinceAt is not { } since)
        {
            return true;
        }

        var outage = new OutageRecord(since, _time.GetUtcNow());
        if (!TryWriteOut())
        {
            return false;
        }

        TryAdd(null, default, outage, static (body, in _, in outage) => outage.Write(body));
        if (!TryWriteOut())
        {
            _waiting.CutTo(0);
            return false;
        }

        _fullSinceAt = null;
        _logger.LogWarning("The share log is written again, after {Outage}", outage.Until - outage.Since);
        return true;
    }

    /// <summary>Outside the gate: workers do not wait for the disk.</summary>
    private LogPosition Flush()
    {
        LogPosition end;
        lock (_gate)
        {
            end = _segment.End;
        }

        try
        {
            return _segment.FlushUntil(end);
        }
        catch (IOException failure)
        {
            lock (_gate)
            {
                NoteFull(failure);
            }

            return _segment.Synced;
        }
    }

    private LogPosition BeginSegment(LogPosition synced)
    {
        try
        {
            ISegmentFile finished;
            lock (_gate)
            {
                if (!TryWriteOut())
                {
                    return synced;
                }

                finished = _segment.BeginNext(_time.GetUtcNow());
            }

            using (finished)
            {
                finished.Flush();
            }

            return _segment.Synced;
        }
        catch (IOException failure)
        {
            lock (_gate)
            {
                NoteFull(failure);
            }

            return synced;
        }
    }
}
