using System.Net.Sockets;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// The sending half. Either a source is attached, whose lines the loop sends after each round, all that piled up in one
/// call; or it is written to as a stream, as TLS does.
/// </summary>
internal sealed class LoopSender(LoopConnection connection) : Stream
{
    private readonly Lock _gate = new();
    private ILineSource? _source;
    private ReadOnlyMemory<byte> _pending;
    private TaskCompletionSource? _sent;
    private bool _hasEnded;
    private int _isQueued;
    private bool _isGathering;

    /// <summary>True while the socket takes no more.</summary>
    public bool Wants { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what a source has and will have; ends when it is finished or the peer has gone.</summary>
    public Task SendAllOf(ILineSource source)
    {
        Task sent;
        lock (_gate)
        {
            _source = source;
            _sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sent = _sent.Task;
        }

        Wake();
        return sent;
    }

    /// <summary>
    /// The source has something new. The loop sends it when it has handled all that came with it; any other thread
    /// sends at once, so that a job for a whole fleet does not lie in as many buffers first.
    /// </summary>
    /// <param name="mayWait">It is in no hurry: the loop may send it together with what comes a little later.</param>
    public void Wake(bool mayWait = false)
    {
        if (!connection.IsInLoop)
        {
            SendPending();
        }
        else if (mayWait)
        {
            Gather();
        }
        else if (Interlocked.Exchange(ref _isQueued, 1) == 0)
        {
            connection.AttendSoon();
        }
    }

    /// <summary>From the loop: what was in no hurry has waited long enough.</summary>
    public void SendGathered()
    {
        _isGathering = false;
        SendPending();
    }

    /// <summary>Sends until nothing is left or the socket takes no more.</summary>
    public void SendPending()
    {
        Volatile.Write(ref _isQueued, 0);
        lock (_gate)
        {
            while (!_hasEnded && HasPending())
            {
                var sent = connection.Socket.Send(_pending.Span, SocketFlags.None, out var error);
                _pending = _pending[sent..];
                if (error == SocketError.WouldBlock)
                {
                    Watch(true);
                    return;
                }

                _hasEnded |= error != SocketError.Success;
            }

            Watch(false);
            if (_hasEnded || _source is null or { IsFinished: true })
            {
                Interlocked.Exchange(ref _sent, null)?.SetResult();
            }
        }
    }

    /// <summary>Nothing more is sent: the socket is closed, or nobody waits for what is left.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Interlocked.Exchange(ref _sent, null)?.SetResult();
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Task sent;
        lock (_gate)
        {
            _pending = buffer;
            _sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sent = _sent.Task;
        }

        SendPending();
        return _hasEnded
            ? ValueTask.FromException(new IOException("The connection is closed."))
            : new ValueTask(sent.WaitAsync(cancellationToken));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Everything written is on its way.
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>From the loop.</summary>
    private void Gather()
    {
        if (!_isGathering)
        {
            _isGathering = true;
            connection.SendLater();
        }
    }

    private bool HasPending()
    {
        if (_pending.IsEmpty && _source is { } source)
        {
            _pending = source.Take();
        }

        return !_pending.IsEmpty;
    }

    private void Watch(bool wants)
    {
        if (Wants != wants)
        {
            Wants = wants;
            connection.WatchAnew();
        }
    }
}
