namespace Marketplace.ServiceDefaults.Security;

/// <summary>ES256 over raw bytes by a named key of this process, such as <c>proxy.node-1</c>.</summary>
public sealed class PayloadSigner(KeyRing keys)
{
    /// <exception cref="InvalidOperationException">This process does not hold the signer's private key.</exception>
    public byte[] Sign(string signer, ReadOnlySpan<byte> payload) => keys.SigningKey(signer).Sign(payload);
}

/// <summary>Proves that exactly these bytes were signed by the named key.</summary>
public sealed class PayloadVerifier(KeyRing keys)
{
    /// <summary>False for a signer whose public key is not here.</summary>
    public bool Verify(string signer, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature) =>
        keys.VerifyingKeyOf(signer)?.Verify(payload, signature) == true;

    /// <summary>P-256, as SubjectPublicKeyInfo in DER.</summary>
    /// <exception cref="InvalidOperationException">The signer's public key is not here.</exception>
    public byte[] PublicKeyOf(string signer) => keys.VerifyingKeyOf(signer)?.ExportPublicKey()
        ?? throw new InvalidOperationException($"The public key of '{signer}' is not here.");
}
