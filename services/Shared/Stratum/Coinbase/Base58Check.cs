using System.Numerics;
using System.Security.Cryptography;

namespace Marketplace.Stratum.Coinbase;

/// <summary>A version byte and a hash of 20 bytes as text, with a checksum of four bytes.</summary>
internal static class Base58Check
{
    public const int HashBytes = 20;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int ChecksumBytes = 4;
    private const int DecodedBytes = 1 + HashBytes + ChecksumBytes;

    /// <summary>Of 25 bytes; a text that is longer is no address.</summary>
    private const int MaxTextLength = 35;

    public static string Encode(byte version, ReadOnlySpan<byte> hash)
    {
        byte[] checkedBytes = [version, .. hash];
        byte[] bytes = [.. checkedBytes, .. Checksum(checkedBytes)];
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var digits = new Stack<char>();
        while (!number.IsZero)
        {
            number = BigInteger.DivRem(number, Alphabet.Length, out var digit);
            digits.Push(Alphabet[(int)digit]);
        }

        var zeros = bytes.AsSpan().IndexOfAnyExcept((byte)0);
        return new string(Alphabet[0], zeros) + new string([.. digits]);
    }

    /// <summary>False unless it is what <see cref="Encode"/> writes, checksum included.</summary>
    public static bool TryDecode(string text, out byte version, out byte[] hash)
    {
        (version, hash) = (0, []);
        if (text.Length is 0 or > MaxTextLength || text.Any(letter => !Alphabet.Contains(letter)))
        {
            return false;
        }

        var number = text.Aggregate(
            BigInteger.Zero, (sum, letter) => (sum * Alphabet.Length) + Alphabet.IndexOf(letter));
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        if (digits.Length > DecodedBytes)
        {
            return false;
        }

        byte[] bytes = [.. new byte[DecodedBytes - digits.Length], .. digits];
        (version, hash) = (bytes[0], bytes[1..(1 + HashBytes)]);
        return Encode(version, hash) == text;
    }

    private static byte[] Checksum(byte[] bytes) => SHA256.HashData(SHA256.HashData(bytes))[..ChecksumBytes];
}
