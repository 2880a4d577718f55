using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Marketplace.Stratum;

/// <summary>
/// scryptROMix for r = 1 (RFC 7914, 5). The sixteen words of a Salsa20 block are kept by its diagonals, so that four of
/// them are worked on at once and only turned between columns and rows.
/// </summary>
internal static class ScryptMix
{
    public const int BlockBytes = 128;

    private const int HalfWords = 16;
    private const int DiagonalStep = 5;
    private const int DoubleRounds = 4;

    /// <param name="block">128 bytes, mixed in place.</param>
    /// <param name="scratch">N blocks, N a power of two.</param>
    public static void Mix(Span<byte> block, Span<byte> scratch)
    {
        var seen = MemoryMarshal.Cast<byte, Block>(scratch);
        var mixed = ByDiagonals(block);
        for (var at = 0; at < seen.Length; at++)
        {
            seen[at] = mixed;
            MixHalves(ref mixed);
        }

        var mask = (uint)seen.Length - 1;
        for (var round = 0; round < seen.Length; round++)
        {
            ref var other = ref seen[(int)(mixed.Second.A[0] & mask)];
            mixed.First.Xor(other.First);
            mixed.Second.Xor(other.Second);
            MixHalves(ref mixed);
        }

        WriteByRows(mixed, block);
    }

    /// <summary>scryptBlockMix: each half is mixed with what came before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MixHalves(ref Block block)
    {
        block.First.Xor(block.Second);
        Salsa8(ref block.First);
        block.Second.Xor(block.First);
        Salsa8(ref block.Second);
    }

    /// <summary>The Salsa20/8 core (RFC 7914, 3).</summary>
    private static void Salsa8(ref Half half)
    {
        var (a, b, c, d) = (half.A, half.B, half.C, half.D);
        for (var round = 0; round < DoubleRounds; round++)
        {
            b ^= RotateLeft(a + d, 7);
            c ^= RotateLeft(b + a, 9);
            d ^= RotateLeft(c + b, 13);
            a ^= RotateLeft(d + c, 18);
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            d ^= RotateLeft(a + b, 7);
            c ^= RotateLeft(d + a, 9);
            b ^= RotateLeft(c + d, 13);
            a ^= RotateLeft(b + c, 18);
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
        }

        half.A += a;
        half.B += b;
        half.C += c;
        half.D += d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> words, int bits) =>
        Vector128.ShiftLeft(words, bits) | Vector128.ShiftRightLogical(words, 32 - bits);

    private static Block ByDiagonals(ReadOnlySpan<byte> rows)
    {
        var block = default(Block);
        var words = MemoryMarshal.Cast<Block, uint>(new Span<Block>(ref block));
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt32LittleEndian(rows[(RowOf(word) * sizeof(uint))..]);
        }

        return block;
    }

    private static void WriteByRows(Block block, Span<byte> rows)
    {
        var words = MemoryMarshal.Cast<Block, uint>(new Span<Block>(ref block));
        for (var word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rows[(RowOf(word) * sizeof(uint))..], words[word]);
        }
    }

    private static int RowOf(int word) => word / HalfWords * HalfWords + word * DiagonalStep % HalfWords;

    private struct Half
    {
        public Vector128<uint> A;
        public Vector128<uint> B;
        public Vector128<uint> C;
        public Vector128<uint> D;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Xor(in Half other)
        {
            A ^= other.A;
            B ^= other.B;
            C ^= other.C;
            D ^= other.D;
        }
    }

    private struct Block
    {
        public Half First;
        public Half Second;
    }
}
