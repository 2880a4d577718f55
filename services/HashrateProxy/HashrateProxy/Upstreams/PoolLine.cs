using System.IO.Pipelines;
using System.Net.Sockets;
using Marketplace.HashrateProxy.Wire.Sockets;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// The bytes to and from a pool: in the loop that serves the workers, so that a share goes up without waking another
/// thread, or where the pool speaks TLS by its stream.
/// </summary>
internal sealed class PoolLine : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly LoopConnection? _connection;

    /// <param name="stream">As it was dialled; disposed with the line.</param>
    /// <param name="loop">What serves it, where it is plain.</param>
    public PoolLine(Stream stream, SocketLoop loop)
    {
        _stream = stream;
        if (stream is NetworkStream plain)
        {
            _connection = new LoopConnection(plain.Socket, loop);
            (Input, Output) = (_connection.Input, LoopConnection.SenderOf(_connection));
            loop.Add(_connection);
        }
        else
        {
            (Input, Output) = (PipeReader.Create(stream), stream);
        }
    }

    public PipeReader Input { get; }

    public Stream Output { get; }

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        await _stream.DisposeAsync();
    }
}
