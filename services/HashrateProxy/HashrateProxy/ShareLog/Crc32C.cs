using System.Numerics;
using System.Runtime.InteropServices;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) by the processor's own instruction where there is one.
/// </summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    /// <summary>Goes on with a checksum that is not finished: it begins with all ones and ends inverted.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var tail in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, tail);
        }

        return crc;
    }
}
