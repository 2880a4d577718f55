using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>
/// Seals pool passwords so that only the proxy can read them: on the bus and at rest they are sealed text.
/// </summary>
public sealed class SecretSealer(KeyRing keys)
{
    /// <param name="plaintext">At most <see cref="SealedText.MaxPlaintextBytes"/> bytes in UTF-8.</param>
    /// <returns><c>v1.{ephemeral key}.{nonce, ciphertext and tag}</c>, both base64url.</returns>
    public string Seal(string plaintext)
    {
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportFromPem(KeyFiles.ReadPem(keys.Directory, KeyFiles.SecretsKeyName, isPrivate: false));
        return SealedText.Seal(plaintext, recipient);
    }
}

/// <summary>Opens what <see cref="SecretSealer"/> sealed; works only where the private key is mounted.</summary>
public sealed class SecretOpener(KeyRing keys)
{
    /// <exception cref="CryptographicException">The text was changed, or sealed to another key.</exception>
    public string Open(string sealedText)
    {
        using var recipient = ECDiffieHellman.Create();
        recipient.ImportFromPem(KeyFiles.ReadPem(keys.Directory, KeyFiles.SecretsKeyName, isPrivate: true));
        return SealedText.Open(sealedText, recipient);
    }
}

/// <summary>
/// Ephemeral P-256 key agreement, HKDF-SHA256, AES-256-GCM. The first part names the scheme, so that another can
/// follow.
/// </summary>
public static class SealedText
{
    /// <summary>Longest secret, in bytes of UTF-8.</summary>
    public const int MaxPlaintextBytes = 1024;

    private const string Version = "v1";
    private const int CoordinateBytes = 32;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("marketplace pool secret v1");

    internal static string Seal(string plaintext, ECDiffieHellman recipient)
    {
        var secret = Encoding.UTF8.GetBytes(plaintext);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, MaxPlaintextBytes, nameof(plaintext));
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ephemeralKey = PointOf(ephemeral);
        var body = new byte[NonceBytes + secret.Length + TagBytes];
        RandomNumberGenerator.Fill(body.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(Agree(ephemeral, recipient.PublicKey, ephemeralKey), TagBytes);
        cipher.Encrypt(
            body.AsSpan(0, NonceBytes),
            secret,
            body.AsSpan(NonceBytes, secret.Length),
            body.AsSpan(NonceBytes + secret.Length),
            Encoding.ASCII.GetBytes(Version));
        return $"{Version}.{Base64Url.EncodeToString(ephemeralKey)}.{Base64Url.EncodeToString(body)}";
    }

    internal static string Open(string sealedText, ECDiffieHellman recipient)
    {
        var parts = sealedText.Split('.', 4);
        if (parts is not [Version, _, _] || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2]))
        {
            throw new CryptographicException("This is not a sealed text.");
        }

        var ephemeralKey = Base64Url.DecodeFromChars(parts[1]);
        var body = Base64Url.DecodeFromChars(parts[2]);
        if (body.Length < NonceBytes + TagBytes || ephemeralKey.Length != 2 * CoordinateBytes)
        {
            throw new CryptographicException("This sealed text has not the right length.");
        }

        using var ephemeral = ECDiffieHellman.Create(ParametersOf(ephemeralKey));
        var plaintext = new byte[body.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(Agree(recipient, ephemeral.PublicKey, ephemeralKey), TagBytes);
        cipher.Decrypt(
            body.AsSpan(0, NonceBytes),
            body.AsSpan(NonceBytes, plaintext.Length),
            body.AsSpan(body.Length - TagBytes),
            plaintext,
            Encoding.ASCII.GetBytes(Version));
        return Encoding.UTF8.GetString(plaintext);
    }

    private static byte[] PointOf(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. point.X!, .. point.Y!];
    }

    /// <summary>Only a point on the one curve is taken: the import checks it.</summary>
    private static ECParameters ParametersOf(byte[] point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[..CoordinateBytes], Y = point[CoordinateBytes..] },
    };

    private static byte[] Agree(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] ephemeralKey)
    {
        var shared = own.DeriveRawSecretAgreement(other);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, KeyBytes, salt: ephemeralKey, info: Purpose);
    }
}
