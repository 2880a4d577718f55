using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>
/// The receiving half: bytes go from the socket straight into the buffer that is read. Between two lines it holds no
/// buffer, so that an idle connection costs nothing.
/// </summary>
internal sealed class LoopReader(LoopConnection connection)
    : PipeReader, IValueTaskSource<ReadResult>, IThreadPoolWorkItem
{
    private const int FirstBytes = 2048;

    /// <summary>More than any line: who reads on without taking anything out has an error.</summary>
    private const int MaxBytes = 128 * 1024;

    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<ReadResult> _waiting;
    private byte[] _buffer = [];
    private int _start;
    private int _examined;
    private int _end;
    private bool _isWaiting;
    private bool _isWatched = true;
    private bool _isCancelled;
    private bool _hasEnded;

    /// <summary>False while nobody asks for more.</summary>
    public bool Wants => _isWatched;

    private bool HasNews => _end > _examined || _isCancelled || _hasEnded;

    public override bool TryRead(out ReadResult result)
    {
        lock (_gate)
        {
            result = HasNews ? Take() : default;
            return result.Buffer.Length > 0 || result.IsCanceled || result.IsCompleted;
        }
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (HasNews)
            {
                return ValueTask.FromResult(Take());
            }

            _waiting.Reset();
            _isWaiting = true;
            if (!_isWatched)
            {
                _isWatched = true;
                connection.WatchAnew();
            }
        }

        var read = new ValueTask<ReadResult>(this, _waiting.Version);
        return cancellationToken.CanBeCanceled ? ReadAsync(read, cancellationToken) : read;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_gate)
        {
            if (consumed.GetObject() == _buffer)
            {
                (_start, _examined) = (IndexOf(consumed), IndexOf(examined));
            }

            if (_start == _end)
            {
                Return();
            }
        }
    }

    public override void CancelPendingRead()
    {
        lock (_gate)
        {
            _isCancelled = true;
        }

        Answer();
    }

    public override void Complete(Exception? exception = null)
    {
        lock (_gate)
        {
            _hasEnded = true;
            Return();
        }
    }

    /// <summary>Hands over to whoever takes lines, with what it has received and nobody read.</summary>
    public LoopLines IntoLines(int maxLineBytes, TimeProvider time)
    {
        lock (_gate)
        {
            var lines = new LoopLines(connection, maxLineBytes, time);
            lines.Keep(_buffer.AsSpan(_start, _end - _start));
            Return();
            connection.Begin(lines);
            connection.WatchAnew();

            // It would hold on to whoever waited for it last.
            _waiting = default;
            return lines;
        }
    }

    /// <summary>The socket is closed.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        Answer();
    }

    /// <summary>From the loop: takes in what has come. False when nobody asks for it.</summary>
    public bool TryReceive()
    {
        lock (_gate)
        {
            if (!_isWaiting || _hasEnded)
            {
                _isWatched = false;
                connection.WatchAnew();
                return false;
            }

            var error = SocketError.Success;
            var received = TryMakeRoom()
                ? connection.Socket.Receive(_buffer.AsSpan(_end), SocketFlags.None, out error)
                : 0;
            _hasEnded |= received == 0 && error != SocketError.WouldBlock;
            _end += received;
        }

        Answer();
        return true;
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _waiting.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _waiting.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiting.OnCompleted(continuation, state, token, flags);

    private async ValueTask<ReadResult> ReadAsync(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static reader => ((LoopReader)reader!).CancelPendingRead(), this);
        var result = await read;
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private ReadResult Take()
    {
        var result = new ReadResult(
            new ReadOnlySequence<byte>(_buffer, _start, _end - _start), _isCancelled, _hasEnded);
        _isCancelled = false;
        return result;
    }

    /// <summary>Gives whoever waits what there is; once.</summary>
    private void Answer()
    {
        lock (_gate)
        {
            if (!_isWaiting || !HasNews)
            {
                return;
            }

            _isWaiting = false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        ReadResult result;
        lock (_gate)
        {
            result = Take();
        }

        _waiting.SetResult(result);
    }

    /// <summary>The sequence marks an array's end in the top bit.</summary>
    private static int IndexOf(SequencePosition position) => position.GetInteger() & int.MaxValue;

    private bool TryMakeRoom()
    {
        if (_end < _buffer.Length)
        {
            return true;
        }

        var (unread, examined) = (_end - _start, _examined - _start);
        if (unread >= MaxBytes)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, 2 * unread));
        _buffer.AsSpan(_start, unread).CopyTo(larger);
        Return();
        (_buffer, _examined, _end) = (larger, examined, unread);
        return true;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _start, _examined, _end) = ([], 0, 0, 0);
    }
}
