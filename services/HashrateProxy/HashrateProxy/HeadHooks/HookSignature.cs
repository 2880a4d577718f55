using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>What lets a receiver know that a delivery is ours, and new.</summary>
internal static class HookSignature
{
    /// <summary>Another for every attempt, to be named to support.</summary>
    public const string IdHeader = "Marketplace-Delivery";

    /// <summary>Seconds since 1970.</summary>
    public const string TimestampHeader = "Marketplace-Timestamp";

    /// <summary><c>v1=</c> and the signature in hexadecimal digits.</summary>
    public const string SignatureHeader = "Marketplace-Signature";

    private const string SecretPrefix = "mhook_";
    private const int SecretBytes = 32;

    public static string NewSecret() =>
        SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string TimestampOf(DateTimeOffset at) =>
        at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>HMAC-SHA256 over the timestamp, a point and the body; the key is the secret as it was shown.</summary>
    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), text));
    }
}
