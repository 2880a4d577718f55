using System.Net;
using System.Net.Sockets;
using Marketplace.HashrateProxy.Wire.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.HashrateProxy.Tests.Wire;

/// <summary>A loop, and peers that are connected to it.</summary>
internal sealed class LoopBench : IDisposable
{
    private readonly SocketLoop _loop = new();

    public static Socket NewPeer() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <returns>The loop's end of the connection.</returns>
    public async Task<ConnectionContext> ConnectAsync(Socket peer, CancellationToken cancellationToken)
    {
        var listeners = new LoopListenerFactory(_loop, NullLogger<LoopListener>.Instance);
        await using var listener = await listeners.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), cancellationToken);
        await peer.ConnectAsync(listener.EndPoint, cancellationToken);
        return (await listener.AcceptAsync(cancellationToken))!;
    }

    public void Dispose() => _loop.Dispose();
}
