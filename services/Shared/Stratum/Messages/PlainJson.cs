namespace Marketplace.Stratum;

/// <summary>
/// Knows at a glance the JSON that nearly every line is written in: one object of plain texts, whole numbers, literals
/// and flat arrays of them, in printable ASCII without escapes. What it does not know may still be JSON.
/// </summary>
internal ref struct PlainJson
{
    private const byte FirstPrintable = (byte)' ';
    private const byte LastPrintable = (byte)'~';

    private ReadOnlySpan<byte> _rest;

    private PlainJson(ReadOnlySpan<byte> json) => _rest = json;

    /// <summary>True for an object that is JSON beyond doubt; false where a real parser must say.</summary>
    public static bool Knows(ReadOnlySpan<byte> json)
    {
        if (json.ContainsAnyExceptInRange(FirstPrintable, LastPrintable) || json.Contains((byte)'\\'))
        {
            return false;
        }

        var line = new PlainJson(json);
        return line.TakesObject() && line._rest.IsEmpty;
    }

    private bool TakesObject()
    {
        if (!Takes((byte)'{'))
        {
            return false;
        }

        if (Takes((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!TakesText() || !Takes((byte)':') || !(TakesScalar() || TakesArray()))
            {
                return false;
            }
        }
        while (Takes((byte)','));

        return Takes((byte)'}');
    }

    private bool TakesArray()
    {
        if (!Takes((byte)'['))
        {
            return false;
        }

        if (Takes((byte)']'))
        {
            return true;
        }

        do
        {
            if (!TakesScalar())
            {
                return false;
            }
        }
        while (Takes((byte)','));

        return Takes((byte)']');
    }

    private bool TakesScalar() => TakesText() || TakesWholeNumber()
        || TakesWord("null"u8) || TakesWord("true"u8) || TakesWord("false"u8);

    private bool TakesText()
    {
        SkipSpaces();
        var length = _rest is [(byte)'"', ..] ? _rest[1..].IndexOf((byte)'"') : -1;
        if (length < 0)
        {
            return false;
        }

        _rest = _rest[(length + 2)..];
        return true;
    }

    /// <summary>A sign, a fraction or an exponent behind it, or a zero before it, is left to the real parser.</summary>
    private bool TakesWholeNumber()
    {
        var digits = 0;
        while (digits < _rest.Length && char.IsAsciiDigit((char)_rest[digits]))
        {
            digits++;
        }

        if (digits == 0 || (digits > 1 && _rest[0] == (byte)'0'))
        {
            return false;
        }

        _rest = _rest[digits..];
        return true;
    }

    private bool TakesWord(ReadOnlySpan<byte> word)
    {
        if (!_rest.StartsWith(word))
        {
            return false;
        }

        _rest = _rest[word.Length..];
        return true;
    }

    private bool Takes(byte sign)
    {
        SkipSpaces();
        if (_rest.IsEmpty || _rest[0] != sign)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private void SkipSpaces()
    {
        while (!_rest.IsEmpty && _rest[0] == (byte)' ')
        {
            _rest = _rest[1..];
        }
    }
}
