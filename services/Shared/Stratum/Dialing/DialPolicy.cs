using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Marketplace.Stratum;

/// <summary>What may be dialled besides the public internet, and whose certificates hold.</summary>
/// <param name="AllowLoopback">The development setting: opens loopback and nothing else.</param>
/// <param name="TrustedRoots">Instead of the system's; none for the system's.</param>
/// <param name="EgressAddresses">Addresses of this machine to dial from, in turn; none for the system's choice.</param>
public sealed record DialPolicy(
    bool AllowLoopback = false,
    X509Certificate2Collection? TrustedRoots = null,
    IReadOnlyList<IPAddress>? EgressAddresses = null)
{
    /// <summary>
    /// Nothing is fetched to judge a certificate: the addresses it names for that are as hostile as the one dialled.
    /// </summary>
    public X509ChainPolicy ToChainPolicy()
    {
        var chain = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (TrustedRoots is { Count: > 0 })
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(TrustedRoots);
        }

        return chain;
    }
}
