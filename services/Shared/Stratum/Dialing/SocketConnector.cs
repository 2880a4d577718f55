using System.Net;
using System.Net.Sockets;

namespace Marketplace.Stratum;

/// <summary>Connects a new socket to an address that was checked.</summary>
/// <returns>The connected socket: the given one, or one that has its place.</returns>
/// <exception cref="SocketException">There is no connection to be had.</exception>
public delegate Task<Socket> SocketConnector(
    Socket socket, IPEndPoint address, CancellationToken cancellationToken);
