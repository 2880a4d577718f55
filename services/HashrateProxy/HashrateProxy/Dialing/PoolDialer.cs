using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Dialing;

/// <summary>
/// Resolves a pool itself, refuses it when any of its addresses is not public, and dials the very address it checked,
/// so that a second lookup cannot lead elsewhere. Called anew for every reconnect.
/// </summary>
internal sealed class PoolDialer(IOptions<ProxyOptions> options)
{
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private const int MaxAddresses = 16;

    /// <exception cref="PoolUnreachableException">
    /// With a sentence that is the same for every closed or silent port.
    /// </exception>
    public async Task<Socket> DialAsync(PoolUrl url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        try
        {
            var addresses = await ResolveAsync(url, limit.Token);
            return await ConnectAsync(addresses, url.Port, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw PoolUnreachableException.NoAnswer(url);
        }
        catch (SocketException)
        {
            throw PoolUnreachableException.NoAnswer(url);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(PoolUrl url, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(url.Host, cancellationToken);
        if (addresses.Length is 0 or > MaxAddresses)
        {
            throw PoolUnreachableException.NoAddress(url);
        }

        foreach (var address in addresses)
        {
            if (AddressRules.Refusal(address, options.Value.AllowPrivatePools) is { } refusal)
            {
                throw new PoolUnreachableException(
                    "address", $"{url.Host} is refused: one of its addresses is {refusal}.");
            }
        }

        return addresses;
    }

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var index = 0; ; index++)
        {
            var socket = new Socket(
                addresses[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[index], port), cancellationToken);
                return socket;
            }
            catch (SocketException) when (index + 1 < addresses.Length)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

/// <summary>A pool that cannot be used, and at which step that showed.</summary>
internal sealed class PoolUnreachableException(string step, string message) : Exception(message)
{
    public string Step { get; } = step;

    public static PoolUnreachableException NoAddress(PoolUrl url) =>
        new("resolve", $"{url.Host} has no usable address.");

    public static PoolUnreachableException NoAnswer(PoolUrl url) =>
        new("connect", $"{url} did not accept a connection.");
}
