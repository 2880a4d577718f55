using System.IO.Pipelines;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Wire;

/// <summary>Lines that come through a pipe, as from behind TLS.</summary>
internal sealed class PipeLines(PipeReader input, int maxLineBytes, TimeProvider time) : ILineFeed
{
    private readonly StratumLineReader _reader = new(input, maxLineBytes);
    private volatile TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopped;

    public async Task<LineStatus> RunAsync(ILineHandler handler)
    {
        while (!_isStopped)
        {
            if (!_reader.TryReadReceived(out var line))
            {
                handler.CaughtUp();
                line = await _reader.ReadAsync(CancellationToken.None);
            }

            if (line.Status != LineStatus.Line)
            {
                return line.Status;
            }

            if (!handler.Take(line.Bytes.Span, time.GetUtcNow()))
            {
                await _resumed.Task;
                _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        return LineStatus.Closed;
    }

    public void Resume() => _resumed.TrySetResult();

    public void Stop()
    {
        _isStopped = true;
        _resumed.TrySetResult();
        ThreadPool.UnsafeQueueUserWorkItem(
            static input => input.CancelPendingRead(), input, preferLocal: false);
    }
}
