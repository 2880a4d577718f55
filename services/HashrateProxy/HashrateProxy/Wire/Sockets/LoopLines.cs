using System.Buffers;
using System.Net.Sockets;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// Lines handled on the loop's own thread, where they were received: in the loop's buffer, shared by all connections,
/// so that what stands between two lines of a worker is nothing. Only the beginning of a line that is not whole yet is
/// kept.
/// </summary>
internal sealed class LoopLines(LoopConnection connection, int maxLineBytes, TimeProvider time) : ILineFeed
{
    private readonly TaskCompletionSource<LineStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILineHandler? _handler;
    private byte[] _kept = [];
    private int _keptBytes;
    private int _pauses;
    private bool _isHungUp;
    private volatile bool _isStopped;

    /// <summary>False while nothing more is to be received.</summary>
    public bool Wants { get; private set; }

    public Task<LineStatus> RunAsync(ILineHandler handler)
    {
        _handler = handler;
        connection.AttendSoon();
        return _ended.Task;
    }

    public void Resume()
    {
        Interlocked.Decrement(ref _pauses);
        connection.AttendSoon();
    }

    public void Stop()
    {
        _isStopped = true;
        connection.AttendSoon();
    }

    /// <summary>What was received before there were lines.</summary>
    public void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _kept.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(maxLineBytes, bytes.Length) + bytes.Length);
            bytes.CopyTo(larger);
            Return();
            _kept = larger;
        }
        else
        {
            bytes.CopyTo(_kept);
        }

        _keptBytes = bytes.Length;
    }

    /// <summary>From the loop: goes on after a pause, or ends.</summary>
    public void Attend(byte[] scratch)
    {
        if (_isStopped)
        {
            End(LineStatus.Closed);
        }
        else if (_handler is not null && !_ended.Task.IsCompleted)
        {
            Watch(Handle(_kept.AsSpan(0, _keptBytes)));
            while (_isHungUp && TryReceive(scratch))
            {
                // The loop tells nothing any more of a peer that has gone: the rest is fetched at once.
            }
        }
    }

    /// <summary>From the loop: the peer has gone, and what it sent before is not handled yet.</summary>
    public void HangUp() => _isHungUp = true;

    /// <summary>From the loop: receives and handles what has come.</summary>
    /// <param name="scratch">The loop's buffer, larger than any line.</param>
    /// <returns>False when nobody wants it now.</returns>
    public bool TryReceive(byte[] scratch)
    {
        if (_handler is null || _isStopped || Volatile.Read(ref _pauses) > 0 || _ended.Task.IsCompleted)
        {
            Watch(false);
            return false;
        }

        _kept.AsSpan(0, _keptBytes).CopyTo(scratch);
        var received = connection.Socket.Receive(scratch.AsSpan(_keptBytes), SocketFlags.None, out var error);
        if (received > 0)
        {
            Watch(Handle(scratch.AsSpan(0, _keptBytes + received)));
        }
        else if (error != SocketError.WouldBlock)
        {
            End(LineStatus.Closed);
        }

        return true;
    }

    /// <summary>From the loop, or when it is gone.</summary>
    public void End(LineStatus status)
    {
        Watch(false);
        Return();
        _ended.TrySetResult(status);
    }

    /// <returns>False when no more is wanted for now.</returns>
    private bool Handle(ReadOnlySpan<byte> bytes)
    {
        // One reading of the clock for all that came together.
        var at = time.GetUtcNow();
        try
        {
            while (!_isStopped && Volatile.Read(ref _pauses) <= 0)
            {
                var length = bytes.IndexOf((byte)'\n');
                if (length >= maxLineBytes || (length < 0 && bytes.Length >= maxLineBytes))
                {
                    End(LineStatus.TooLong);
                    return false;
                }

                if (length < 0)
                {
                    KeepOrReturn(bytes);
                    _handler!.CaughtUp();
                    return true;
                }

                var line = bytes[..length];
                bytes = bytes[(length + 1)..];
                if (!_handler!.Take(line is [.., (byte)'\r'] ? line[..^1] : line, at))
                {
                    Interlocked.Increment(ref _pauses);
                }
            }

            KeepOrReturn(bytes);
        }
        catch (Exception failure)
        {
            _ended.TrySetException(failure);
        }

        return false;
    }

    private void KeepOrReturn(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            Return();
        }
        else
        {
            Keep(bytes);
        }
    }

    private void Watch(bool wants)
    {
        if (Wants != wants)
        {
            Wants = wants;
            connection.WatchAnew();
        }
    }

    private void Return()
    {
        if (_kept.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_kept);
        }

        (_kept, _keptBytes) = ([], 0);
    }
}
