using System.Globalization;

namespace Marketplace.Billing.Ledger;

/// <summary>A calendar month of the books, in the time zone of the legal entity.</summary>
internal readonly record struct Period : IComparable<Period>, IParsable<Period>
{
    private const string Format = "yyyy-MM";

    private readonly DateOnly _first;

    private Period(DateOnly first) => _first = first;

    public Period Next => new(_first.AddMonths(1));

    public DateOnly FirstDay => _first;

    /// <summary>The month in which an instant lies for the entity's books.</summary>
    public static Period Of(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return new Period(new DateOnly(local.Year, local.Month, 1));
    }

    /// <summary>When it is over: the cut-off.</summary>
    public DateTimeOffset EndAt(TimeZoneInfo zone)
    {
        var midnight = Next._first.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public static bool TryParse(string? text, IFormatProvider? provider, out Period period)
    {
        var isPeriod = DateOnly.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        period = new Period(first);
        return isPeriod;
    }

    /// <exception cref="FormatException">It is not <c>2026-11</c>.</exception>
    public static Period Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var period) ? period : throw new FormatException($"'{text}' is no month.");

    public int CompareTo(Period other) => _first.CompareTo(other._first);

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary><c>2026-11</c>, which sorts as text.</summary>
    public override string ToString() => _first.ToString(Format, CultureInfo.InvariantCulture);
}
