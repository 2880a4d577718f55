using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>
/// How hard a share is, relative to difficulty 1 of its algorithm, kept exactly as a decimal fraction:
/// mantissa x 10^-scale. Pools send 0.0714 or 1448.1546878700492; rounding either would move work.
/// </summary>
[JsonConverter(typeof(DifficultyJsonConverter))]
public readonly record struct Difficulty : IComparable<Difficulty>
{
    /// <summary>Digits after the point that are kept; pools send at most 17.</summary>
    public const int MaxScale = 24;

    /// <summary>Longest text that is read as a difficulty, in characters.</summary>
    public const int MaxTextLength = 64;

    /// <summary>
    /// Beyond it every text of this length is out of range, and counting it down digit by digit would take years.
    /// </summary>
    private const int MaxExponent = 2 * MaxTextLength;

    private const byte DisplayScale = 8;

    private readonly UInt128 _mantissa;
    private readonly byte _scale;

    private Difficulty(UInt128 mantissa, byte scale)
    {
        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        (_mantissa, _scale) = (mantissa, scale);
    }

    public bool IsPositive => _mantissa > 0;

    public static Difficulty Of(ulong value) => new(value, 0);

    /// <summary>
    /// Reads a JSON number as pools write it: digits, a point, an exponent. False for zero, negative, too long, too
    /// fine or 2^64 and more, whose work would leave the range of <see cref="Work"/>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Difficulty difficulty)
    {
        difficulty = default;
        if (text.Length is 0 or > MaxTextLength)
        {
            return false;
        }

        var exponentAt = text.IndexOfAny('e', 'E');
        var exponent = 0;
        if (exponentAt >= 0)
        {
            var digits = text[(exponentAt + 1)..];
            if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || exponent is < -MaxExponent or > MaxExponent)
            {
                return false;
            }

            text = text[..exponentAt];
        }

        return TryParseDigits(text, exponent, out difficulty);
    }

    private static bool TryParseDigits(ReadOnlySpan<char> text, int exponent, out Difficulty difficulty)
    {
        difficulty = default;
        UInt128 mantissa = 0;
        var scale = 0;
        var pointSeen = false;
        foreach (var character in text)
        {
            if (character == '.' && !pointSeen)
            {
                pointSeen = true;
                continue;
            }

            if (!char.IsAsciiDigit(character) || mantissa > (UInt128.MaxValue - 9) / 10)
            {
                return false;
            }

            mantissa = mantissa * 10 + (uint)(character - '0');
            scale += pointSeen ? 1 : 0;
        }

        scale -= exponent;
        for (; scale < 0; scale++)
        {
            if (mantissa > UInt128.MaxValue / 10)
            {
                return false;
            }

            mantissa *= 10;
        }

        while (scale > MaxScale && mantissa % 10 == 0 && mantissa > 0)
        {
            mantissa /= 10;
            scale--;
        }

        if (mantissa == 0 || scale > MaxScale || mantissa / PowerOfTen(scale) > ulong.MaxValue)
        {
            return false;
        }

        difficulty = new Difficulty(mantissa, (byte)scale);
        return true;
    }

    private static UInt128 PowerOfTen(int exponent) => (UInt128)BigInteger.Pow(10, exponent);

    /// <exception cref="FormatException">The text is not a positive difficulty.</exception>
    public static Difficulty Parse(string text) =>
        TryParse(text, out var difficulty) ? difficulty : throw new FormatException($"'{text}' is not a difficulty.");

    /// <summary>
    /// This difficulty exactly: mantissa x 10^-scale, the mantissa no multiple of ten unless scale is 0.
    /// </summary>
    public (UInt128 Mantissa, byte Scale) ToDecimal() => (_mantissa, _scale);

    /// <summary>False for zero, too fine, or 2^64 and more.</summary>
    public static bool TryFromDecimal(UInt128 mantissa, byte scale, out Difficulty difficulty)
    {
        var isInRange = mantissa > 0 && scale <= MaxScale && mantissa / PowerOfTen(scale) <= ulong.MaxValue;
        difficulty = isInRange ? new Difficulty(mantissa, scale) : default;
        return isInRange;
    }

    /// <summary>floor(difficulty 1 / this), clamped to 256 bits.</summary>
    public Target ToTarget(Algorithm algorithm) =>
        Target.FromInteger(algorithm.DifficultyOne * BigInteger.Pow(10, _scale) / _mantissa);

    /// <summary>
    /// The difficulty of a target or of a hash, rounded down at eight digits, and at least the finest of these: for
    /// people, since a difficulty that is credited comes from the wire.
    /// </summary>
    public static Difficulty OfTarget(Target target, Algorithm algorithm)
    {
        var scaled = algorithm.DifficultyOne * BigInteger.Pow(10, DisplayScale) / BigInteger.Max(target.ToInteger(), 1);
        var bounded = BigInteger.Clamp(scaled, 1, ulong.MaxValue * BigInteger.Pow(10, DisplayScale));
        return new Difficulty((UInt128)bounded, DisplayScale);
    }

    /// <summary>
    /// The whole-number difficulty at which one share is expected to take this much work, at least 1.
    /// </summary>
    public static Difficulty ForWorkPerShare(Work work, Algorithm algorithm)
    {
        var perDifficultyOne = Work.Of(Target.FromInteger(algorithm.DifficultyOne), algorithm);
        return Of((ulong)UInt128.Clamp(work.Hashes / perDifficultyOne.Hashes, 1, ulong.MaxValue));
    }

    public int CompareTo(Difficulty other) =>
        (_mantissa * BigInteger.Pow(10, other._scale)).CompareTo(other._mantissa * BigInteger.Pow(10, _scale));

    public static bool operator <(Difficulty left, Difficulty right) => left.CompareTo(right) < 0;

    public static bool operator >(Difficulty left, Difficulty right) => left.CompareTo(right) > 0;

    public static bool operator <=(Difficulty left, Difficulty right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Difficulty left, Difficulty right) => left.CompareTo(right) >= 0;

    /// <summary>Plain decimal digits without an exponent: what firmware parses most widely.</summary>
    public override string ToString()
    {
        var digits = _mantissa.ToString(CultureInfo.InvariantCulture);
        if (_scale == 0)
        {
            return digits;
        }

        digits = digits.PadLeft(_scale + 1, '0');
        return $"{digits[..^_scale]}.{digits[^_scale..]}";
    }
}

/// <summary>A difficulty is a JSON string of decimal digits, so that no reader rounds it.</summary>
internal sealed class DifficultyJsonConverter : JsonConverter<Difficulty>
{
    public override Difficulty Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Difficulty.TryParse(reader.GetString(), out var difficulty)
            ? difficulty
            : throw new JsonException("A difficulty is a string of decimal digits above zero.");

    public override void Write(Utf8JsonWriter writer, Difficulty value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
