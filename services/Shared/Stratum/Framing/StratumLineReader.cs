using System.Buffers;
using System.IO.Pipelines;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Marketplace.Stratum;

/// <summary>
/// Cuts a connection into lines ended by LF or CRLF, however the network chunked them. For one reading loop at a time;
/// the pipe stays its owner's to complete.
/// </summary>
/// <param name="input">The receiving half of the connection.</param>
/// <param name="maxLineBytes">Longest line, line end included.</param>
public sealed class StratumLineReader(PipeReader input, int maxLineBytes = StratumLimits.DownstreamLineBytes)
{
    private ReadOnlySequence<byte> _unread;
    private byte[] _joined = [];
    private bool _holdsBuffer;
    private bool _tooLong;
    private bool _ended;

    /// <summary>The next line; waits for it. Throws only when the caller's own token is cancelled.</summary>
    public ValueTask<ReceivedLine> ReadAsync(CancellationToken cancellationToken) =>
        TryReadReceived(out var line) || TryReceive(out line)
            ? ValueTask.FromResult(line)
            : ReceiveAsync(cancellationToken);

    /// <summary>
    /// The next line if it is already here. False: nothing more to do now, so flush what was written.
    /// </summary>
    public bool TryReadReceived(out ReceivedLine line)
    {
        if (!_tooLong && _unread.PositionOf((byte)'\n') is { } lineEnd)
        {
            var bytes = _unread.Slice(0, lineEnd);
            if (bytes.Length < maxLineBytes)
            {
                line = new ReceivedLine(LineStatus.Line, WithoutReturn(Contiguous(bytes)));
                _unread = _unread.Slice(_unread.GetPosition(1, lineEnd));
                return true;
            }

            _tooLong = true;
        }

        _tooLong |= _unread.Length >= maxLineBytes;
        line = new ReceivedLine(_tooLong ? LineStatus.TooLong : LineStatus.Closed, default);
        return _tooLong || _ended;
    }

    /// <summary>Takes what has arrived meanwhile, without the cost of an asynchronous call.</summary>
    private bool TryReceive(out ReceivedLine line)
    {
        ReleaseBuffer();
        try
        {
            if (input.TryRead(out var result))
            {
                Take(result);
            }
        }
        catch (IOException)
        {
            _ended = true;
        }

        return TryReadReceived(out line);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReceivedLine> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReleaseBuffer();
            try
            {
                Take(await input.ReadAsync(cancellationToken));
            }
            catch (IOException)
            {
                _ended = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // An aborted connection surfaces as a cancellation that nobody asked for.
                _ended = true;
            }

            if (TryReadReceived(out var line))
            {
                return line;
            }
        }
    }

    private void Take(ReadResult result)
    {
        _unread = result.Buffer;
        _holdsBuffer = true;
        _ended = result.IsCompleted || result.IsCanceled;
    }

    private ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            return bytes.First;
        }

        var length = (int)bytes.Length;
        if (_joined.Length < length)
        {
            _joined = new byte[Math.Min(maxLineBytes, (int)BitOperations.RoundUpToPowerOf2((uint)length))];
        }

        bytes.CopyTo(_joined);
        return _joined.AsMemory(0, length);
    }

    private static ReadOnlyMemory<byte> WithoutReturn(ReadOnlyMemory<byte> line) =>
        line.Length > 0 && line.Span[^1] == (byte)'\r' ? line[..^1] : line;

    private void ReleaseBuffer()
    {
        if (_holdsBuffer)
        {
            input.AdvanceTo(_unread.Start, _unread.End);
            _unread = default;
            _holdsBuffer = false;
        }
    }
}
