using System.Buffers.Text;
using System.Security.Cryptography;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>A public key with the name whose signatures it proves.</summary>
internal sealed class VerifyingKey(string issuer, ECDsa key) : IDisposable
{
    private readonly Lock _turn = new();

    public string Issuer => issuer;

    public string KeyId { get; } = KeyIds.Of(issuer, key);

    public bool Verify(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        lock (_turn)
        {
            return key.VerifyData(payload, signature, HashAlgorithmName.SHA256);
        }
    }

    public JsonWebKey ToJsonWebKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey(
            "EC", "P-256", TokenRules.Algorithm, "sig", KeyId,
            Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public byte[] ExportPublicKey()
    {
        lock (_turn)
        {
            return key.ExportSubjectPublicKeyInfo();
        }
    }

    public void Dispose() => key.Dispose();
}
