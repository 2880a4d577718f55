using System.Buffers.Text;
using System.Security.Cryptography;

namespace Marketplace.ServiceDefaults.Security;

internal static class KeyIds
{
    private const int FingerprintBytes = 12;

    /// <summary>The issuer and a fingerprint of its public key: a replaced key has another id.</summary>
    public static string Of(string issuer, ECDsa key)
    {
        var fingerprint = SHA256.HashData(key.ExportSubjectPublicKeyInfo());
        return $"{issuer}:{Base64Url.EncodeToString(fingerprint.AsSpan(0, FingerprintBytes))}";
    }
}
