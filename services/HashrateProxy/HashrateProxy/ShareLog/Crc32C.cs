using System.Numerics;
using System.Runtime.InteropServices;

namespace Marketplace.HashrateProxy.ShareLog;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) by the processor's own instruction where there is one.
/// </summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var tail in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, tail);
        }

        return ~crc;
    }
}
