using System.Security.Cryptography;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>A private key with the name it signs as. ECDsa is not safe for parallel use, so calls take turns.</summary>
internal sealed class SigningKey(string issuer, ECDsa key) : IDisposable
{
    private readonly Lock _turn = new();

    public string KeyId { get; } = KeyIds.Of(issuer, key);

    public byte[] Sign(ReadOnlySpan<byte> payload)
    {
        lock (_turn)
        {
            return key.SignData(payload, HashAlgorithmName.SHA256);
        }
    }

    public void Dispose() => key.Dispose();
}
