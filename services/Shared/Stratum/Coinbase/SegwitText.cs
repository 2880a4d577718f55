namespace Marketplace.Stratum.Coinbase;

/// <summary>
/// A witness program as text: Bech32 for version 0 (BIP 173), Bech32m for every later one (BIP 350).
/// </summary>
internal static class SegwitText
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int MaxTextLength = 90;
    private const int ChecksumLetters = 6;
    private const int LetterBits = 5;
    private const int MaxVersion = 16;
    private const int MinProgramBytes = 2;
    private const int MaxProgramBytes = 40;
    private const int KeyHashBytes = 20;
    private const int ScriptHashBytes = 32;
    private const uint Bech32 = 1;
    private const uint Bech32M = 0x2bc830a3;
    private static readonly uint[] Generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    public static string Encode(string prefix, int version, ReadOnlySpan<byte> program)
    {
        byte[] data = [(byte)version, .. Regroup(program.ToArray(), 8, LetterBits, pad: true)!];
        var sum = Remainder(prefix, [.. data, .. new byte[ChecksumLetters]]) ^ ConstantOf(version);
        var checksum = Enumerable.Range(0, ChecksumLetters)
            .Select(index => (byte)(sum >> (LetterBits * (ChecksumLetters - 1 - index)) & 31));
        return $"{prefix}1{string.Concat(data.Concat(checksum).Select(value => Alphabet[value]))}";
    }

    /// <summary>False unless the checksum of its version holds and the program is as long as it may be.</summary>
    public static bool TryDecode(string text, out string prefix, out int version, out byte[] program)
    {
        (prefix, version, program) = ("", 0, []);
        var lower = text.ToLowerInvariant();
        var separator = lower.LastIndexOf('1');
        if (text.Length > MaxTextLength || (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper))
            || separator < 1 || lower.Length - separator - 1 <= ChecksumLetters
            || lower[(separator + 1)..].Any(letter => !Alphabet.Contains(letter)))
        {
            return false;
        }

        prefix = lower[..separator];
        byte[] data = [.. lower[(separator + 1)..].Select(letter => (byte)Alphabet.IndexOf(letter))];
        version = data[0];
        if (version > MaxVersion || Remainder(prefix, data) != ConstantOf(version)
            || Regroup(data[1..^ChecksumLetters], LetterBits, 8, pad: false) is not { } bytes)
        {
            return false;
        }

        program = bytes;
        return version == 0
            ? program.Length is KeyHashBytes or ScriptHashBytes
            : program.Length is >= MinProgramBytes and <= MaxProgramBytes;
    }

    private static uint ConstantOf(int version) => version == 0 ? Bech32 : Bech32M;

    /// <summary>The checksum polynomial over the prefix's letters and the data.</summary>
    private static uint Remainder(string prefix, byte[] data)
    {
        var values = prefix.Select(letter => (byte)(letter >> LetterBits))
            .Append((byte)0)
            .Concat(prefix.Select(letter => (byte)(letter & 31)))
            .Concat(data);
        uint sum = 1;
        foreach (var value in values)
        {
            var top = sum >> 25;
            sum = ((sum & 0x1ffffff) << LetterBits) ^ value;
            for (var bit = 0; bit < Generator.Length; bit++)
            {
                sum ^= (top >> bit & 1) * Generator[bit];
            }
        }

        return sum;
    }

    /// <summary>Null when the bits left over are too many or not zero.</summary>
    private static byte[]? Regroup(byte[] values, int fromBits, int toBits, bool pad)
    {
        var (pending, bits) = (0, 0);
        var groups = new List<byte>();
        foreach (var value in values)
        {
            pending = (pending << fromBits | value) & 0xfff;
            for (bits += fromBits; bits >= toBits;)
            {
                bits -= toBits;
                groups.Add((byte)(pending >> bits & ((1 << toBits) - 1)));
            }
        }

        var rest = pending << (toBits - bits) & ((1 << toBits) - 1);
        if (pad && bits > 0)
        {
            groups.Add((byte)rest);
        }

        return pad || (bits < fromBits && rest == 0) ? [.. groups] : null;
    }
}
