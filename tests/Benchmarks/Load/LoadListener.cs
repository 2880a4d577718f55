using System.Net;
using System.Net.Sockets;

namespace Marketplace.Benchmarks.Load;

/// <summary>A loopback port in the loop; every connection becomes a peer.</summary>
internal sealed class LoadListener<TPeer> : ILoadSocket, IDisposable
    where TPeer : LinePeer
{
    private const int Backlog = 4096;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<Socket, TPeer> _accept;
    private readonly List<TPeer> _peers = [];

    public LoadListener(LoadLoop loop, Func<Socket, TPeer> accept)
    {
        _accept = accept;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(Backlog);
        loop.Add(_socket, this);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IReadOnlyList<TPeer> Peers => _peers;

    public void OnReadable() => _peers.Add(_accept(_socket.Accept()));

    public void Dispose()
    {
        _peers.ForEach(peer => peer.Dispose());
        _socket.Dispose();
    }
}
