using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Marketplace.Stratum.Tests;

/// <summary>A port that says one line to whoever connects, behind TLS where it has a certificate.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public Listener(string address, string line, int port = 0, X509Certificate2? certificate = null)
    {
        _listener = new TcpListener(IPAddress.Parse(address), port);
        _listener.Start();
        _serving = ServeAsync(line, certificate, _stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task ServeAsync(string line, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            Connections++;
            try
            {
                await using Stream stream = certificate is null
                    ? client.GetStream()
                    : await SecureAsync(client.GetStream(), certificate, cancellationToken);
                await using var writer = new StreamWriter(stream);
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                continue;
            }
        }
    }

    private static async Task<Stream> SecureAsync(
        NetworkStream line, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var secured = new SslStream(line);
        await secured.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        return secured;
    }
}
