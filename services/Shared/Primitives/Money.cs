using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>
/// An amount of one currency in integer units of 1e-8, the ledger's scale. Documents and payment providers speak cents:
/// <see cref="FromMinor"/> and <see cref="ToMinor"/> are the one boundary.
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(Int128 Units, Currency Currency) : IComparable<Money>
{
    public const long UnitsPerWhole = 100_000_000;
    public const long UnitsPerMinor = 1_000_000;
    private const int Scale = 8;

    public bool IsZero => Units == 0;

    public bool IsNegative => Units < 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money FromMinor(long minor, Currency currency) => new((Int128)minor * UnitsPerMinor, currency);

    /// <summary>Cents, exactly.</summary>
    /// <exception cref="InvalidOperationException">The amount has a fraction of a cent: round it first, and book the
    /// residue.</exception>
    public long ToMinor() => Units % UnitsPerMinor == 0
        ? checked((long)(Units / UnitsPerMinor))
        : throw new InvalidOperationException($"{this} is not a whole number of cents.");

    /// <summary>The nearest whole cent; a half goes away from zero, as documents are rounded.</summary>
    public Money RoundToMinor()
    {
        var half = Units < 0 ? -UnitsPerMinor / 2 : UnitsPerMinor / 2;
        return this with { Units = checked(Units + half) / UnitsPerMinor * UnitsPerMinor };
    }

    /// <summary>
    /// floor(this x numerator / denominator) for amounts that are not negative: rounding stays with the payer.
    /// </summary>
    public Money Proportion(UInt128 numerator, UInt128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Units);
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        return this with { Units = (Int128)((BigInteger)Units * numerator / denominator) };
    }

    /// <summary>floor(this x rate): a fee or a tax of so many hundredths of a percent.</summary>
    public Money AtBasisPoints(int basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(basisPoints);
        return Proportion((UInt128)basisPoints, 10_000);
    }

    public int CompareTo(Money other) => Same(other).Units.CompareTo(other.Units);

    public static Money Min(Money left, Money right) => left <= right ? left : right;

    public static Money Max(Money left, Money right) => left >= right ? left : right;

    public static Money operator +(Money left, Money right) =>
        left.Same(right) with { Units = checked(left.Units + right.Units) };

    public static Money operator -(Money left, Money right) =>
        left.Same(right) with { Units = checked(left.Units - right.Units) };

    public static Money operator -(Money value) => value with { Units = checked(-value.Units) };

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be combined.");

    /// <summary>Reads <c>-12.5</c>: at most eight digits after the point, no grouping, no exponent.</summary>
    public static bool TryParse(string? text, Currency currency, out Money money)
    {
        money = default;
        if (string.IsNullOrEmpty(text) || text.Length > 40)
        {
            return false;
        }

        var negative = text[0] == '-';
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        if (whole.Length == 0 || fraction.Length > Scale
            || !Int128.TryParse(
                whole + fraction.PadRight(Scale, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var units))
        {
            return false;
        }

        money = new Money(negative ? -units : units, currency);
        return true;
    }

    /// <summary>The amount alone: cents always, finer digits only where there are some.</summary>
    public string ToAmountString()
    {
        var magnitude = (UInt128)Int128.Abs(Units);
        var whole = magnitude / UnitsPerWhole;
        var fraction = ((ulong)(magnitude % UnitsPerWhole)).ToString("00000000", CultureInfo.InvariantCulture)
            .TrimEnd('0').PadRight(Currency.MinorDigits, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{(IsNegative ? "-" : "")}{whole}.{fraction}");
    }

    public override string ToString() => $"{ToAmountString()} {Currency.Code}";
}
