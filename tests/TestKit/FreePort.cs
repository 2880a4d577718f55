using System.Net;
using System.Net.Sockets;

namespace Marketplace.TestKit;

public static class FreePort
{
    /// <summary>A loopback port nobody listens on now; prefer 0 where a program can tell its own.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
