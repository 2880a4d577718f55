using System.Globalization;

namespace Marketplace.Simulators.Wire;

/// <summary>Hexadecimal fields of the protocol; reading never throws.</summary>
internal static class Hex
{
    private const int WordDigits = 8;

    public static bool TryBytes(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null || text.Length % 2 != 0 || !text.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        bytes = Convert.FromHexString(text);
        return true;
    }

    /// <summary>Exactly eight digits, most significant first.</summary>
    public static bool TryWord(string? text, out uint word)
    {
        word = 0;
        return text is { Length: WordDigits }
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out word);
    }

    public static string Of(uint word) => word.ToString("x8", CultureInfo.InvariantCulture);

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
