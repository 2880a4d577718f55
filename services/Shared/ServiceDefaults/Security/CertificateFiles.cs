using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>A server's certificate and its key as two PEM files.</summary>
public static class CertificateFiles
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    /// <summary>
    /// Makes a self-signed certificate for this machine where there is none, for development and private instances;
    /// whoever serves strangers mounts one that they can check.
    /// </summary>
    public static async Task EnsureSelfSignedAsync(
        string certificateFile, string keyFile, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var folder = Path.GetDirectoryName(Path.GetFullPath(keyFile))!;
        using var turn = await KeyFolderTurn.TakeAsync(folder, cancellationToken);
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyFile))
        {
            key.ImportFromPem(await File.ReadAllTextAsync(keyFile, cancellationToken));
        }

        var request = new CertificateRequest("CN=marketplace", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Validity);

        await KeyFiles.WriteAsync(
            keyFile, key.ExportPkcs8PrivateKeyPem(), isPrivate: true, cancellationToken);
        await KeyFiles.WriteAsync(
            certificateFile, certificate.ExportCertificatePem(), isPrivate: false, cancellationToken);
    }
}
