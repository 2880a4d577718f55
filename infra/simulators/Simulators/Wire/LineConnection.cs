using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace Marketplace.Simulators.Wire;

/// <summary>One TCP connection that speaks lines ended by LF; safe to write from several tasks.</summary>
internal sealed class LineConnection : IAsyncDisposable
{
    public const int MaxLineBytes = 65_536;
    private const int WriteTimeoutSeconds = 10;

    private readonly NetworkStream _stream;
    private readonly PipeReader _reader;
    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    public LineConnection(Socket socket)
    {
        socket.NoDelay = true;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    /// <summary>The next line without its end; null when the other side has closed.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">A line longer than <see cref="MaxLineBytes"/>.</exception>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            var lineEnd = result.Buffer.PositionOf((byte)'\n');
            if (lineEnd is { } end)
            {
                var line = Encoding.UTF8.GetString(result.Buffer.Slice(0, end));
                _reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line.TrimEnd('\r');
            }

            if (result.Buffer.Length > MaxLineBytes)
            {
                throw new InvalidDataException($"A line of more than {MaxLineBytes} bytes.");
            }

            _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Writes the lines in one piece, so that nothing comes between them.</summary>
    public async Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(WriteTimeoutSeconds));
        await _oneWriter.WaitAsync(limit.Token);
        try
        {
            await _stream.WriteAsync(bytes, limit.Token);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <summary>Closes the socket; whoever reads or writes at the moment gets an exception.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
