using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Marketplace.Stratum;

/// <summary>Writes one line straight into the connection's buffer.</summary>
internal ref struct LineBuilder(IBufferWriter<byte> output)
{
    private const int ChunkBytes = 512;
    private const int WordDigits = 8;
    private const int LongestNumberBytes = 20;

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _free = output.GetSpan(ChunkBytes);
    private int _used;

    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > ChunkBytes; bytes = bytes[ChunkBytes..])
        {
            bytes[..ChunkBytes].CopyTo(Reserve(ChunkBytes));
            _used += ChunkBytes;
        }

        bytes.CopyTo(Reserve(bytes.Length));
        _used += bytes.Length;
    }

    public void Number(long number)
    {
        Utf8Formatter.TryFormat(number, Reserve(LongestNumberBytes), out var written);
        _used += written;
    }

    /// <summary>Lower-case digits, most significant first, in quotes.</summary>
    public void HexWord(uint word)
    {
        Raw("\""u8);
        Utf8Formatter.TryFormat(word, Reserve(WordDigits), out var written, new StandardFormat('x', WordDigits));
        _used += written;
        Raw("\""u8);
    }

    public void Hex(scoped ReadOnlySpan<byte> bytes)
    {
        const int bytesOfChunk = ChunkBytes / 2;
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, bytesOfChunk);
            Convert.TryToHexStringLower(bytes[..taken], Reserve(ChunkBytes), out var written);
            _used += written;
            bytes = bytes[taken..];
        }
    }

    /// <summary>A JSON string; what JSON forbids in one is escaped.</summary>
    public void Text(scoped ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (utf8.IndexOfAnyInRange((byte)0, (byte)0x1F) is var control && utf8.IndexOfAny("\"\\"u8) is var special
            && (control >= 0 || special >= 0))
        {
            var at = control < 0 ? special : special < 0 ? control : Math.Min(control, special);
            Raw(utf8[..at]);
            Escape(utf8[at]);
            utf8 = utf8[(at + 1)..];
        }

        Raw(utf8);
        Raw("\""u8);
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void End()
    {
        Raw("\n"u8);
        _output.Advance(_used);
        _used = 0;
    }

    private void Escape(byte character)
    {
        if (character is (byte)'"' or (byte)'\\')
        {
            Raw(@"\"u8);
            Raw([character]);
            return;
        }

        Raw(@"\u00"u8);
        Hex([character]);
    }

    private Span<byte> Reserve(int size)
    {
        if (_free.Length - _used < size)
        {
            _output.Advance(_used);
            _free = _output.GetSpan(Math.Max(size, ChunkBytes));
            _used = 0;
        }

        return _free[_used..];
    }
}
