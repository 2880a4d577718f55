using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// Resolves a pool itself, refuses it when any of its addresses is not public, and dials the very address it checked,
/// so that a second lookup cannot lead elsewhere. Called anew for every reconnect.
/// </summary>
/// <param name="names">Resolves hosts.</param>
/// <param name="policy">Which addresses may be dialled, and from where.</param>
/// <param name="connect">Connects a socket in another way than the framework's.</param>
public sealed class PoolDialer(INameResolver names, DialPolicy policy, SocketConnector? connect = null)
{
    /// <summary>From the name to a line that is ready for Stratum, TLS included.</summary>
    public static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Addresses of one name; a name with more is not a pool's.</summary>
    public const int MaxAddresses = 16;

    private readonly SocketConnector _connect = connect ?? ConnectByFrameworkAsync;
    private int _dials;

    /// <exception cref="PoolUnreachableException">
    /// With a sentence that is the same for every closed or silent port.
    /// </exception>
    public async Task<Stream> DialAsync(PoolUrl url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(DialTimeout);
        try
        {
            var addresses = await ResolveAsync(url, limit.Token);
            var socket = await ConnectAsync(addresses, url.Port, limit.Token);
            var line = new NetworkStream(socket, ownsSocket: true);
            return url.IsTls ? await SecureAsync(line, url, limit.Token) : line;
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

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(PoolUrl url, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(url.Host, out var literal)
            ? [literal]
            : await names.ResolveAsync(url.Host, cancellationToken);
        if (addresses.Count is 0 or > MaxAddresses)
        {
            throw PoolUnreachableException.NoAddress(url);
        }

        foreach (var address in addresses)
        {
            if (AddressRules.Refusal(address, policy.AllowLoopback) is { } refusal)
            {
                throw PoolUnreachableException.Refused(url, refusal);
            }
        }

        return addresses;
    }

    private async Task<Socket> ConnectAsync(
        IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        for (var index = 0; ; index++)
        {
            var socket = new Socket(
                addresses[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                if (NextEgress(addresses[index].AddressFamily) is { } egress)
                {
                    socket.Bind(new IPEndPoint(egress, 0));
                }

                return await _connect(socket, new IPEndPoint(addresses[index], port), cancellationToken);
            }
            catch (SocketException) when (index + 1 < addresses.Count)
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

    private static async Task<Socket> ConnectByFrameworkAsync(
        Socket socket, IPEndPoint address, CancellationToken cancellationToken)
    {
        await socket.ConnectAsync(address, cancellationToken);
        return socket;
    }

    /// <summary>Each dial leaves from the next address of its family: they share a pool's limit per address.</summary>
    private IPAddress? NextEgress(AddressFamily family)
    {
        var usable = policy.EgressAddresses?.Where(address => address.AddressFamily == family).ToList() ?? [];
        return usable.Count == 0 ? null : usable[(int)((uint)Interlocked.Increment(ref _dials) % usable.Count)];
    }

    private async Task<Stream> SecureAsync(NetworkStream line, PoolUrl url, CancellationToken cancellationToken)
    {
        var secured = new SslStream(line);
        try
        {
            await secured.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = url.Host,
                    CertificateChainPolicy = policy.ToChainPolicy(),
                },
                cancellationToken);
            return secured;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            throw PoolUnreachableException.NotSecure(url, failure.Message);
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }
}
