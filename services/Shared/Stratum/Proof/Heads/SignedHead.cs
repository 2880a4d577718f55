using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Marketplace.Stratum.Proof;

/// <summary>A head with its node's signature: ES256, 64 bytes, over the body.</summary>
/// <param name="Body">As <see cref="MinuteHead.ToBody"/> wrote it.</param>
/// <param name="Signature">By the node's key.</param>
public sealed record SignedHead(byte[] Body, byte[] Signature)
{
    /// <summary>Longest text that is read as a head, in characters.</summary>
    public const int MaxTextLength = 1024;

    public const int SignatureBytes = 64;

    /// <exception cref="RecordFormatException">The bytes are not a head.</exception>
    public MinuteHead ToHead() => MinuteHead.Read(Body);

    public bool IsSignedBy(ECDsa publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return publicKey.VerifyData(Body, Signature, HashAlgorithmName.SHA256);
    }

    /// <summary>One line for those who keep it: body, a point, signature, both base64url.</summary>
    public string ToText() => $"{Base64Url.EncodeToString(Body)}.{Base64Url.EncodeToString(Signature)}";

    /// <summary>False for anything but what <see cref="ToText"/> writes; the signature is not checked.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SignedHead? head)
    {
        ArgumentNullException.ThrowIfNull(text);
        head = null;
        if (text.Length > MaxTextLength || text.Split('.') is not [var body, var signature]
            || !Base64Url.IsValid(body) || !Base64Url.IsValid(signature))
        {
            return false;
        }

        head = new SignedHead(Base64Url.DecodeFromChars(body), Base64Url.DecodeFromChars(signature));
        return head.Signature.Length == SignatureBytes;
    }
}
