using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Marketplace.Primitives;

/// <summary>
/// An id that cannot be mistaken for another kind's: a UUIDv7, so that ids sort by the time they were made.
/// </summary>
[SuppressMessage("Design", "CA1000", Justification = "Ids are made by their own type.")]
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    static virtual TSelf New(DateTimeOffset now) => TSelf.From(Guid.CreateVersion7(now));
}

public static class TypedId
{
    public static TId New<TId>(TimeProvider time)
        where TId : struct, ITypedId<TId> => TId.New(time.GetUtcNow());

    public static bool TryParse<TId>(string? text, out TId id)
        where TId : struct, ITypedId<TId>
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = TId.From(value);
        return parsed;
    }
}

/// <summary>Typed ids travel as plain UUID strings.</summary>
public sealed class TypedIdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, ITypedId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetGuid(out var value) ? TId.From(value) : throw new JsonException("An id is a UUID.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
