using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Marketplace.Stratum;

/// <summary>
/// The probe's half of a connection: asks, reads, and writes both down. The stream stays its owner's.
/// </summary>
internal sealed class ProbeLine : IAsyncDisposable
{
    private readonly PipeReader _input;
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly StratumLineReader _reader;
    private readonly Transcript _transcript;

    public ProbeLine(Stream stream, Transcript transcript)
    {
        _stream = stream;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        _reader = new StratumLineReader(_input, StratumLimits.UpstreamLineBytes);
        _transcript = transcript;
    }

    /// <param name="told">What the transcript shows instead of the line.</param>
    /// <param name="write">Writes the line.</param>
    public async Task AskAsync(string told, Action<UpstreamLineWriter> write, CancellationToken cancellationToken)
    {
        _transcript.Asked(told);
        _written.ResetWrittenCount();
        write(new UpstreamLineWriter(_written));
        await _stream.WriteAsync(_written.WrittenMemory, cancellationToken);
    }

    /// <summary>The next line, good until the one after it is read.</summary>
    /// <exception cref="ProbeEndedException">There is none, or it is too long.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await _reader.ReadAsync(cancellationToken);
        if (line.Status != LineStatus.Line)
        {
            throw new ProbeEndedException(line.Status == LineStatus.TooLong
                ? $"The pool sent a line of more than {StratumLimits.UpstreamLineBytes} bytes."
                : "The pool closed the connection.");
        }

        _transcript.Heard(Encoding.UTF8.GetString(line.Bytes.Span));
        return line.Bytes;
    }

    public string Mask(string text) => _transcript.Mask(text);

    public ValueTask DisposeAsync() => _input.CompleteAsync();
}

/// <summary>The pool cannot be tried further, and why.</summary>
internal sealed class ProbeEndedException(string message) : Exception(message);
