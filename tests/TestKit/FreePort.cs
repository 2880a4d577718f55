using System.Net;
using System.Net.Sockets;

namespace Marketplace.TestKit;

public static class FreePort
{
    /// <summary>
    /// Below the ports that the system gives to callers: whoever calls one of those while nobody listens there may be
    /// given that very port, and talk to himself.
    /// </summary>
    private const int First = 10_000;
    private const int End = 32_000;

    /// <summary>A loopback port nobody listens on now; prefer 0 where a program can tell its own.</summary>
    public static int Next()
    {
        while (true)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, End));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one is tried.
            }
        }
    }
}
