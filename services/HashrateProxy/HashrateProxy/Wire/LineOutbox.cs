using System.Buffers;
using System.Net.Sockets;

namespace Marketplace.HashrateProxy.Wire;

/// <summary>
/// Lines on their way to one peer. Whoever holds a line appends it under the lock and returns at once; one loop sends.
/// Two buffers change places, so that a steady stream of lines allocates nothing. A peer that does not read gets
/// nothing more.
/// </summary>
/// <typeparam name="TWriter">Writes lines of one direction into the outbox's buffer; made once.</typeparam>
internal sealed class LineOutbox<TWriter> : IBufferWriter<byte>, IDisposable
{
    public const int MaxPendingBytes = 512 * 1024;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly TWriter _writer;
    private readonly SemaphoreSlim _signal = new(0, 1);
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _sending = new();
    private bool _isClosed;
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

    /// <summary>
    /// Appends what <paramref name="write"/> writes as one step, so that a pair of lines is never torn apart.
    /// </summary>
    /// <returns>False when the peer is gone or too far behind.</returns>
    public bool Append<TState>(TState state, Action<TWriter, TState> write)
        where TState : allows ref struct
    {
        lock (_gate)
        {
            _isOverrun |= _filling.WrittenCount > MaxPendingBytes;
            if (_isClosed || _isOverrun)
            {
                return false;
            }

            write(_writer, state);
            LastLineAt = _time.GetUtcNow();
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }

            return true;
        }
    }

    /// <summary>Sends until the peer is gone, the outbox is closed and empty, or cancellation.</summary>
    public async Task SendAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (await TakeAsync(cancellationToken) is { } batch)
            {
                await stream.WriteAsync(batch, cancellationToken);
                await stream.FlushAsync(cancellationToken);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            Close();
        }
    }

    /// <summary>Nothing more is taken in; what is there is still sent.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    public void Dispose() => _signal.Dispose();

    void IBufferWriter<byte>.Advance(int count) => _filling.Advance(count);

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => _filling.GetMemory(sizeHint);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => _filling.GetSpan(sizeHint);

    private async ValueTask<ReadOnlyMemory<byte>?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                _sending.ResetWrittenCount();
                (_filling, _sending) = (_sending, _filling);
                if (_sending.WrittenCount > 0)
                {
                    return _sending.WrittenMemory;
                }

                if (_isClosed)
                {
                    return null;
                }
            }

            await _signal.WaitAsync(cancellationToken);
        }
    }
}
