using System.Buffers;

namespace Marketplace.Stratum;

/// <summary>
/// Walks the items of an array, or the names and values of an object, that has already been checked to be JSON.
/// </summary>
internal ref struct JsonItems
{
    /// <summary>A number or a literal ends at any of these.</summary>
    private static readonly SearchValues<byte> BehindAWord = SearchValues.Create(" \t\r\n,]}"u8);

    private readonly bool _isObject;
    private ReadOnlySpan<byte> _rest;

    public JsonItems(ReadOnlySpan<byte> raw)
    {
        _isObject = raw is [(byte)'{', ..];
        _rest = _isObject || raw is [(byte)'[', ..] ? raw[1..] : default;
    }

    /// <returns>False behind the last item, and always for an object.</returns>
    public bool TryNext(out JsonValue value)
    {
        value = default;
        return !_isObject && TryTake(out value);
    }

    /// <returns>False behind the last property, and always for an array.</returns>
    public bool TryNextProperty(out ReadOnlySpan<byte> name, out JsonValue value)
    {
        name = default;
        value = default;
        if (!_isObject || !TryTake(out var quoted))
        {
            return false;
        }

        name = quoted.Raw[1..^1];
        return TryTake(out value);
    }

    private bool TryTake(out JsonValue value)
    {
        value = default;
        while (!_rest.IsEmpty && IsBetweenValues(_rest[0]))
        {
            _rest = _rest[1..];
        }

        if (_rest.IsEmpty || _rest[0] is (byte)']' or (byte)'}')
        {
            return false;
        }

        var length = LengthOf(_rest);
        value = new JsonValue(_rest[..length]);
        _rest = _rest[length..];
        return true;
    }

    private static bool IsBetweenValues(byte sign) => (char)sign is ' ' or ',' or ':' or '\t' or '\r' or '\n';

    /// <summary>Of the value that begins here.</summary>
    private static int LengthOf(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'"' => LengthOfText(json),
        (byte)'[' or (byte)'{' => LengthOfContainer(json),
        _ => json.IndexOfAny(BehindAWord) is >= 0 and var length ? length : json.Length,
    };

    private static int LengthOfText(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            at += 2;
        }
    }

    private static int LengthOfContainer(ReadOnlySpan<byte> json)
    {
        var (at, depth) = (0, 0);
        do
        {
            at += json[at..].IndexOfAny("\"[]{}"u8);
            if (json[at] == (byte)'"')
            {
                at += LengthOfText(json[at..]);
                continue;
            }

            depth += json[at] is (byte)'[' or (byte)'{' ? 1 : -1;
            at++;
        }
        while (depth > 0);

        return at;
    }
}
