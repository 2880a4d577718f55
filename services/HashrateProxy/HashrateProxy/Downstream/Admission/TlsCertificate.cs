using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>
/// The certificate of the Stratum port, from PEM files. Renewed files are taken up without a restart; files that cannot
/// be read leave the old certificate in use.
/// </summary>
internal sealed class TlsCertificate(
    IOptions<StratumOptions> options, TimeProvider time, ILogger<TlsCertificate> logger)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private SslStreamCertificateContext? _context;
    private DateTime _writtenAt;
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    public bool IsOffered => options.Value.CertificateFile.Length > 0;

    /// <exception cref="IOException">The files were never readable.</exception>
    /// <exception cref="CryptographicException">They hold no certificate.</exception>
    public SslServerAuthenticationOptions ServerOptions()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_context is null || now - _lookedAt >= LookAgainAfter)
            {
                _lookedAt = now;
                Refresh();
            }

            return new SslServerAuthenticationOptions { ServerCertificateContext = _context };
        }
    }

    private void Refresh()
    {
        var writtenAt = File.GetLastWriteTimeUtc(options.Value.CertificateFile);
        if (_context is not null && writtenAt == _writtenAt)
        {
            return;
        }

        try
        {
            Load();
            _writtenAt = writtenAt;
        }
        catch (Exception unreadable) when (_context is not null
            && unreadable is IOException or CryptographicException or UnauthorizedAccessException)
        {
            logger.LogWarning(unreadable, "The renewed certificate cannot be read; the old one stays in use");
        }
    }

    private void Load()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Value.CertificateFile);
        var certificate = X509Certificate2.CreateFromPemFile(
            options.Value.CertificateFile, options.Value.CertificateKeyFile);
        _context = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
