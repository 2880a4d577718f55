using System.Text.Json;

namespace Marketplace.Stratum;

/// <summary>
/// Walks the items of an array, or the names and values of an object, that has already been checked to be JSON.
/// </summary>
internal ref struct JsonItems
{
    private readonly ReadOnlySpan<byte> _raw;
    private Utf8JsonReader _reader;

    public JsonItems(ReadOnlySpan<byte> raw)
    {
        _raw = raw is [(byte)'[' or (byte)'{', ..] ? raw : "[]"u8;
        _reader = new Utf8JsonReader(_raw);
        _reader.Read();
    }

    public bool TryNext(out JsonValue value)
    {
        value = default;
        if (!_reader.Read() || _reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        value = new JsonValue(_raw[start..(int)_reader.BytesConsumed]);
        return true;
    }

    public bool TryNextProperty(out ReadOnlySpan<byte> name, out JsonValue value)
    {
        value = default;
        name = default;
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        name = _reader.ValueSpan;
        return TryNext(out value);
    }
}
