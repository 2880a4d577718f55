using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>Hashes that accepted shares stand for: an exact integer. This is what is sold and metered.</summary>
[JsonConverter(typeof(WorkJsonConverter))]
public readonly record struct Work(UInt128 Hashes) : IComparable<Work>
{
    public static Work Zero => default;

    /// <summary>
    /// The expected number of hashes behind one share: floor(2^256 / (target + 1)), for a simulated algorithm counted
    /// 2^scale times higher before the floor.
    /// </summary>
    /// <exception cref="OverflowException">The target is harder than any <see cref="Difficulty"/> can make
    /// it.</exception>
    public static Work Of(Target target, Algorithm algorithm) =>
        new((UInt128)((BigInteger.One << (256 + algorithm.WorkScaleBits)) / (target.ToInteger() + 1)));

    public static Work Min(Work left, Work right) => left.Hashes <= right.Hashes ? left : right;

    /// <summary>What is missing to reach the other amount; zero when there is as much or more.</summary>
    public Work ShortOf(Work other) => Hashes >= other.Hashes ? Zero : new(other.Hashes - Hashes);

    public int CompareTo(Work other) => Hashes.CompareTo(other.Hashes);

    public static Work operator +(Work left, Work right) => new(checked(left.Hashes + right.Hashes));

    public static Work operator -(Work left, Work right) => new(checked(left.Hashes - right.Hashes));

    public static bool operator <(Work left, Work right) => left.Hashes < right.Hashes;

    public static bool operator >(Work left, Work right) => left.Hashes > right.Hashes;

    public static bool operator <=(Work left, Work right) => left.Hashes <= right.Hashes;

    public static bool operator >=(Work left, Work right) => left.Hashes >= right.Hashes;

    public override string ToString() => Hashes.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Work is a JSON string of digits: it passes 2^53 within seconds.</summary>
internal sealed class WorkJsonConverter : JsonConverter<Work>
{
    public override Work Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UInt128.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var hashes)
            ? new Work(hashes)
            : throw new JsonException("Work is a string of decimal digits.");

    public override void Write(Utf8JsonWriter writer, Work value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
