using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Simulators.Pools;

namespace Marketplace.HashrateProxy.Tests.PoolChecks;

/// <summary>A proxy that trusts one root, and simulated pools behind TLS with a certificate of it.</summary>
public sealed class TlsWorld : ProxyWorld
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Proxy:PoolRootsFile"] = CertificateFile,
    };

    private string CertificateFile => Path.Combine(Folder, "pool.pem");

    private string KeyFile => Path.Combine(Folder, "pool-key.pem");

    public override async ValueTask InitializeAsync()
    {
        await CertificateFiles.EnsureSelfSignedAsync(
            CertificateFile, KeyFile, TimeProvider.System, TestContext.Current.CancellationToken);
        await base.InitializeAsync();
    }

    /// <summary>Speaks TLS as <c>localhost</c> for this pool.</summary>
    internal TlsFront FrontOf(SimulatedPool pool) =>
        new(pool.Port, X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile));
}

/// <summary>Takes TLS off and hands the bytes on, as a pool's load balancer does.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;

    public TlsFront(int poolPort, X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync(poolPort, _stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(int poolPort, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
            using var pool = new TcpClient();
            await pool.ConnectAsync(IPAddress.Loopback, poolPort, cancellationToken);
            await using var secured = new SslStream(client.GetStream());
            try
            {
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cancellationToken);
                await Task.WhenAny(
                    secured.CopyToAsync(pool.GetStream(), cancellationToken),
                    pool.GetStream().CopyToAsync(secured, cancellationToken));
            }
            catch (Exception refused) when (refused is IOException
                or AuthenticationException)
            {
                continue;
            }
        }
    }
}
