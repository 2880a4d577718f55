using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>One value of a line that has already been checked to be JSON; reading it can fail but not throw.</summary>
internal readonly ref struct JsonValue(ReadOnlySpan<byte> raw)
{
    private const int HexDigitsOfWord = 8;

    public ReadOnlySpan<byte> Raw { get; } = raw;

    public bool IsText => Raw is [(byte)'"', ..];

    public bool IsArray => Raw is [(byte)'[', ..];

    public bool IsObject => Raw is [(byte)'{', ..];

    public bool IsNumber => Raw is [>= (byte)'0' and <= (byte)'9' or (byte)'-', ..];

    public bool IsTrue => Raw.SequenceEqual("true"u8);

    public bool IsFalse => Raw.SequenceEqual("false"u8);

    /// <summary>The characters between the quotes as they are on the wire; false where they carry an escape.</summary>
    public bool TryGetPlain(int maxBytes, out ReadOnlySpan<byte> text)
    {
        text = IsText ? Raw[1..^1] : default;
        return IsText && text.Length <= maxBytes && !text.Contains((byte)'\\');
    }

    public bool TryGetText(int maxBytes, out string text)
    {
        text = "";
        if (!IsText || Raw.Length - 2 > maxBytes)
        {
            return false;
        }

        if (!Raw.Contains((byte)'\\'))
        {
            text = Encoding.UTF8.GetString(Raw[1..^1]);
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(Raw);
            reader.Read();
            text = reader.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: valid JSON, but no text.
            return false;
        }
    }

    public bool TryGetHexWord(out uint word) => TryGetHexWord(HexDigitsOfWord, out word);

    /// <summary>A word that firmware may print without leading zeros.</summary>
    public bool TryGetShortHexWord(out uint word) => TryGetHexWord(1, out word);

    public bool TryGetExtranonce(out Extranonce extranonce)
    {
        extranonce = default;
        return TryGetPlain(Extranonce.MaxBytes * 2, out var hex) && Extranonce.TryParseHex(hex, out extranonce);
    }

    public bool TryGetBytes(out byte[] bytes)
    {
        bytes = [];
        if (!TryGetPlain(StratumLimits.UpstreamLineBytes, out var hex) || hex.Length % 2 != 0)
        {
            return false;
        }

        bytes = new byte[hex.Length / 2];
        return Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done;
    }

    /// <summary>A JSON number in any form, or the same in quotes.</summary>
    public bool TryGetDifficulty(out Difficulty difficulty)
    {
        difficulty = default;
        var digits = IsNumber ? Raw : default;
        if (!IsNumber && !TryGetPlain(Difficulty.MaxTextLength, out digits))
        {
            return false;
        }

        Span<char> characters = stackalloc char[Difficulty.MaxTextLength];
        return digits.Length <= characters.Length
            && Encoding.UTF8.TryGetChars(digits, characters, out var written)
            && Difficulty.TryParse(characters[..written], out difficulty);
    }

    /// <summary>A whole number, or the same in quotes.</summary>
    public bool TryGetInteger(out int number)
    {
        number = 0;
        var digits = IsNumber ? Raw : default;
        return (IsNumber || TryGetPlain(StratumLimits.NameBytes, out digits))
            && Utf8Parser.TryParse(digits, out number, out var consumed)
            && consumed == digits.Length;
    }

    private bool TryGetHexWord(int minDigits, out uint word)
    {
        word = 0;
        return TryGetPlain(HexDigitsOfWord, out var hex)
            && hex.Length >= minDigits
            && Utf8Parser.TryParse(hex, out word, out var consumed, 'x')
            && consumed == hex.Length;
    }
}
