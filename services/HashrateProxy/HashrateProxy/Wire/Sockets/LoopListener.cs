using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Wire.Sockets;

/// <summary>Ports whose connections live in the loop.</summary>
internal sealed class LoopListenerFactory(SocketLoop loop, ILogger<LoopListener> logger) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new LoopListener((IPEndPoint)endpoint, loop, logger));
}

/// <summary>One port.</summary>
internal sealed class LoopListener : IConnectionListener
{
    /// <summary>A fleet comes back all at once.</summary>
    private const int Backlog = 4096;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly SocketLoop _loop;
    private readonly ILogger _logger;
    private readonly Socket _socket;

    public LoopListener(IPEndPoint address, SocketLoop loop, ILogger logger)
    {
        (_loop, _logger) = (loop, logger);
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(address);
            _socket.Listen(Backlog);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public EndPoint EndPoint => _socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var socket = await _socket.AcceptAsync(cancellationToken);
                socket.NoDelay = true;
                var connection = new LoopConnection(socket, _loop);
                _loop.Add(connection);
                return connection;
            }
            catch (SocketException failure)
            {
                // One that went before it was accepted, or no file descriptor left: the next one may do better.
                _logger.LogWarning(failure, "A connection to {EndPoint} could not be accepted", EndPoint);
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync(CancellationToken.None);
}
