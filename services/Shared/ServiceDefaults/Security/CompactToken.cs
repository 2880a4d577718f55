using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>The compact form of a signed token (RFC 7515), for the one algorithm that is spoken here.</summary>
internal static class CompactToken
{
    public static string Sign(TokenClaims claims, SigningKey key)
    {
        var header = new TokenHeader(TokenRules.Algorithm, "JWT", key.KeyId);
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>
    /// The claims of a token whose signature holds; null for everything else, whatever is wrong with it.
    /// </summary>
    public static TokenClaims? Verify(string token, Func<string, VerifyingKey?> keyById)
    {
        var parts = token.Length <= TokenRules.MaxTokenLength ? token.Split('.', 4) : [];
        if (parts.Length != 3
            || Decode<TokenHeader>(parts[0]) is not { Algorithm: TokenRules.Algorithm } header
            || keyById(header.KeyId) is not { } key
            || DecodeBytes(parts[2]) is not { } signature
            || !key.Verify(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature))
        {
            return null;
        }

        var claims = Decode<TokenClaims>(parts[1]);
        return claims?.Issuer == key.Issuer ? claims : null;
    }

    private static string Encode<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private static T? Decode<T>(string text)
        where T : class
    {
        try
        {
            return DecodeBytes(text) is { } bytes ? JsonSerializer.Deserialize<T>(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? DecodeBytes(string text) =>
        Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    internal sealed record TokenHeader(
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("typ")] string Type,
        [property: JsonPropertyName("kid")] string KeyId);
}
