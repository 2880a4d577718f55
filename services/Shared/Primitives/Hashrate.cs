using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>Work per second, a whole number of hashes. A measured one is always shown with its window.</summary>
[JsonConverter(typeof(HashrateJsonConverter))]
public readonly record struct Hashrate(UInt128 HashesPerSecond) : IComparable<Hashrate>
{
    /// <summary>Far above every network, and low enough that its work over a century still fits 128 bits.</summary>
    public static readonly Hashrate Max = new(UInt128.Parse("1000000000000000000000000", CultureInfo.InvariantCulture));

    private static readonly (string Unit, UInt128 Size)[] Units =
    [
        ("EH/s", 1_000_000_000_000_000_000), ("PH/s", 1_000_000_000_000_000), ("TH/s", 1_000_000_000_000),
        ("GH/s", 1_000_000_000), ("MH/s", 1_000_000), ("kH/s", 1_000),
    ];

    public static Hashrate Zero => default;

    public static Hashrate FromTerahashes(ulong terahashesPerSecond) =>
        new((UInt128)terahashesPerSecond * 1_000_000_000_000);

    /// <summary>floor(work / window); zero for an empty window.</summary>
    public static Hashrate Of(Work work, TimeSpan window) => window <= TimeSpan.Zero
        ? Zero
        : new(Scale(work.Hashes, TimeSpan.TicksPerSecond, (ulong)window.Ticks));

    /// <summary>floor(this x duration): the work promised by a hashrate held for a time.</summary>
    public Work Over(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
        {
            return Work.Zero;
        }

        var (seconds, ticks) = Math.DivRem(duration.Ticks, TimeSpan.TicksPerSecond);
        return new(checked((HashesPerSecond * (ulong)seconds)
            + Scale(HashesPerSecond, (ulong)ticks, TimeSpan.TicksPerSecond)));
    }

    /// <summary>
    /// floor(value x numerator / denominator), without a product that leaves the range before the division.
    /// </summary>
    private static UInt128 Scale(UInt128 value, ulong numerator, ulong denominator)
    {
        var (whole, rest) = UInt128.DivRem(value, denominator);
        return checked((whole * numerator) + (rest * numerator / denominator));
    }

    public int CompareTo(Hashrate other) => HashesPerSecond.CompareTo(other.HashesPerSecond);

    public static Hashrate operator +(Hashrate left, Hashrate right) =>
        new(checked(left.HashesPerSecond + right.HashesPerSecond));

    public static Hashrate operator -(Hashrate left, Hashrate right) =>
        new(checked(left.HashesPerSecond - right.HashesPerSecond));

    public static bool operator <(Hashrate left, Hashrate right) => left.HashesPerSecond < right.HashesPerSecond;

    public static bool operator >(Hashrate left, Hashrate right) => left.HashesPerSecond > right.HashesPerSecond;

    public static bool operator <=(Hashrate left, Hashrate right) => left.HashesPerSecond <= right.HashesPerSecond;

    public static bool operator >=(Hashrate left, Hashrate right) => left.HashesPerSecond >= right.HashesPerSecond;

    /// <summary>For people: two decimals in the largest unit that fits, <c>104.25 TH/s</c>.</summary>
    public override string ToString()
    {
        foreach (var (unit, size) in Units)
        {
            if (HashesPerSecond >= size)
            {
                var hundredths = HashesPerSecond * 100 / size;
                return string.Create(
                    CultureInfo.InvariantCulture, $"{hundredths / 100}.{(int)(hundredths % 100):00} {unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{HashesPerSecond} H/s");
    }
}

/// <summary>A hashrate is a JSON string of digits, in hashes per second.</summary>
internal sealed class HashrateJsonConverter : JsonConverter<Hashrate>
{
    public override Hashrate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UInt128.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
        && rate <= Hashrate.Max.HashesPerSecond
            ? new Hashrate(rate)
            : throw new JsonException("A hashrate is a string of decimal digits, in hashes per second, at most 10^24.");

    public override void Write(Utf8JsonWriter writer, Hashrate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.HashesPerSecond.ToString(CultureInfo.InvariantCulture));
}
