using System.Buffers;
using System.Net.Sockets;
using Marketplace.HashrateProxy.Wire.Sockets;

namespace Marketplace.HashrateProxy.Wire;

/// <summary>
/// Lines on their way to one peer. Whoever holds a line appends it under the lock and never waits for the peer. Its
/// buffers are rented while there is something in them, so that an idle peer holds none. A peer that does not read gets
/// nothing more.
/// </summary>
/// <typeparam name="TWriter">Writes lines of one direction into the outbox's buffer; made once.</typeparam>
internal sealed class LineOutbox<TWriter> : IBufferWriter<byte>, ILineSource, IDisposable
{
    public const int MaxPendingBytes = 512 * 1024;

    private const int FirstBytes = 1024;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TWriter _writer;
    private volatile SemaphoreSlim? _signal;
    private volatile CancellationTokenSource? _cut;
    private volatile LoopSender? _sender;
    private byte[] _filling = [];
    private byte[] _sending = [];
    private int _filled;
    private volatile bool _isClosed;
    private volatile bool _isOverrun;

    public LineOutbox(TimeProvider time, Func<IBufferWriter<byte>, TWriter> createWriter)
    {
        _time = time;
        _writer = createWriter(this);
        LastLineAt = time.GetUtcNow();
    }

    /// <summary>When the last line was appended; a silent peer is given one from time to time.</summary>
    public DateTimeOffset LastLineAt { get; private set; }

    /// <summary>True once the peer was too far behind: lines were lost on it, so it is to be closed.</summary>
    public bool IsOverrun => _isOverrun;

    bool ILineSource.IsFinished
    {
        get
        {
            if (!_isClosed)
            {
                return false;
            }

            lock (_gate)
            {
                return _filled == 0;
            }
        }
    }

    /// <summary>
    /// Appends what <paramref name="write"/> writes as one step, so that a pair of lines is never torn apart.
    /// </summary>
    /// <param name="state">What is written.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>False when the peer is gone or too far behind.</returns>
    public bool Append<TState>(TState state, Action<TWriter, TState> write)
        where TState : allows ref struct => Append(state, write, _time.GetUtcNow());

    /// <inheritdoc cref="Append{TState}(TState, Action{TWriter, TState})"/>
    /// <param name="state">What is written.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="at">The present, for a caller who knows it.</param>
    /// <param name="mayWait">It may go out a few milliseconds later, with what else there is then.</param>
    public bool Append<TState>(
        TState state, Action<TWriter, TState> write, DateTimeOffset at, bool mayWait = false)
        where TState : allows ref struct
    {
        lock (_gate)
        {
            _isOverrun |= _filled > MaxPendingBytes;
            if (_isClosed || _isOverrun)
            {
                return false;
            }

            write(_writer, state);
            LastLineAt = at;
            Signal();
        }

        _sender?.Wake(mayWait);
        return true;
    }

    /// <summary>Sends until the peer is gone, or the outbox is closed and empty, or <see cref="Cut"/>.</summary>
    public Task SendAsync(Stream stream)
    {
        if (stream is LoopSender sender)
        {
            return (_sender = sender).SendAllOf(this);
        }

        _cut = new CancellationTokenSource();
        return SendByStreamAsync(stream, _signal = new SemaphoreSlim(1, 1), _cut.Token);
    }

    /// <summary>Ends the sending, whatever is left to send.</summary>
    public void Cut()
    {
        Close();
        _sender?.End();
        _cut?.Cancel();
    }

    /// <summary>Nothing more is taken in; what is there is still sent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Signal();
        }

        _sender?.Wake();
    }

    public void Dispose()
    {
        _signal?.Dispose();
        _cut?.Dispose();
    }

    void IBufferWriter<byte>.Advance(int count) => _filled += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => Room(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(sizeHint).Span;

    ReadOnlyMemory<byte> ILineSource.Take() => Take();

    /// <summary>
    /// What was taken before has gone out. Whoever appends after a look that found nothing wakes the sender himself.
    /// </summary>
    private ReadOnlyMemory<byte> Take()
    {
        Return(_sending);
        _sending = [];
        if (Volatile.Read(ref _filled) == 0)
        {
            return default;
        }

        lock (_gate)
        {
            (_sending, _filling) = (_filling, []);
            var taken = _sending.AsMemory(0, _filled);
            _filled = 0;
            return taken;
        }
    }

    private async Task SendByStreamAsync(Stream stream, SemaphoreSlim signal, CancellationToken cancellationToken)
    {
        try
        {
            while (!((ILineSource)this).IsFinished)
            {
                await signal.WaitAsync(cancellationToken);
                for (var batch = Take(); !batch.IsEmpty; batch = Take())
                {
                    await stream.WriteAsync(batch, cancellationToken);
                    await stream.FlushAsync(cancellationToken);
                }
            }
        }
        catch (Exception gone) when (gone
            is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Close();
        }
    }

    private void Signal()
    {
        if (_signal is { CurrentCount: 0 } signal)
        {
            signal.Release();
        }
    }

    private Memory<byte> Room(int sizeHint)
    {
        if (_filling.Length - _filled < Math.Max(1, sizeHint))
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, 2 * _filled + sizeHint));
            _filling.AsSpan(0, _filled).CopyTo(larger);
            Return(_filling);
            _filling = larger;
        }

        return _filling.AsMemory(_filled);
    }

    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
