using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Lane = System.Runtime.Intrinsics.Vector512<uint>;

namespace Marketplace.Stratum;

/// <summary>
/// Sixteen compressions of SHA-256 side by side, each in a lane of its own: a third of the time they take one after the
/// other with the processor's SHA instructions, whose rounds have to wait for each other.
/// </summary>
internal static class Sha256Lanes
{
    public const int Count = 16;

    /// <summary>Sixteen words of a block, the steps in which a schedule grows.</summary>
    private const int BlockWords = Sha256Engine.BlockBytes / sizeof(uint);

    /// <summary>A truth table each, of three bits (Intel SDM, VPTERNLOG).</summary>
    private const byte OddTable = 0x96;
    private const byte ChooseTable = 0xca;
    private const byte MajorityTable = 0xe8;

    /// <summary>Without AVX-512 a rotation takes three instructions, and nothing is won.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>The same words in every lane.</summary>
    public static LaneState Spread(in Sha256State state)
    {
        var lanes = default(LaneState);
        for (var word = 0; word < Sha256State.WordCount; word++)
        {
            lanes[word] = Vector512.Create(state[word]);
        }

        return lanes;
    }

    /// <summary>Takes a block into each lane's state (FIPS 180-4, 6.2.2).</summary>
    [SkipLocalsInit]
    public static void Compress(ref LaneState state, in LaneBlock block)
    {
        ref var k = ref MemoryMarshal.GetReference(Sha256Rounds.Constants);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        var (w0, w1, w2, w3) = (block[0], block[1], block[2], block[3]);
        var (w4, w5, w6, w7) = (block[4], block[5], block[6], block[7]);
        var (w8, w9, w10, w11) = (block[8], block[9], block[10], block[11]);
        var (w12, w13, w14, w15) = (block[12], block[13], block[14], block[15]);
        for (var left = Sha256Rounds.Count / BlockWords; ; k = ref Unsafe.Add(ref k, BlockWords))
        {
            Round(a, b, c, ref d, e, f, g, ref h, w0 + Constant(ref k, 0));
            Round(h, a, b, ref c, d, e, f, ref g, w1 + Constant(ref k, 1));
            Round(g, h, a, ref b, c, d, e, ref f, w2 + Constant(ref k, 2));
            Round(f, g, h, ref a, b, c, d, ref e, w3 + Constant(ref k, 3));
            Round(e, f, g, ref h, a, b, c, ref d, w4 + Constant(ref k, 4));
            Round(d, e, f, ref g, h, a, b, ref c, w5 + Constant(ref k, 5));
            Round(c, d, e, ref f, g, h, a, ref b, w6 + Constant(ref k, 6));
            Round(b, c, d, ref e, f, g, h, ref a, w7 + Constant(ref k, 7));
            Round(a, b, c, ref d, e, f, g, ref h, w8 + Constant(ref k, 8));
            Round(h, a, b, ref c, d, e, f, ref g, w9 + Constant(ref k, 9));
            Round(g, h, a, ref b, c, d, e, ref f, w10 + Constant(ref k, 10));
            Round(f, g, h, ref a, b, c, d, ref e, w11 + Constant(ref k, 11));
            Round(e, f, g, ref h, a, b, c, ref d, w12 + Constant(ref k, 12));
            Round(d, e, f, ref g, h, a, b, ref c, w13 + Constant(ref k, 13));
            Round(c, d, e, ref f, g, h, a, ref b, w14 + Constant(ref k, 14));
            Round(b, c, d, ref e, f, g, h, ref a, w15 + Constant(ref k, 15));
            if (--left == 0)
            {
                break;
            }

            Expand(ref w0, w1, w9, w14);
            Expand(ref w1, w2, w10, w15);
            Expand(ref w2, w3, w11, w0);
            Expand(ref w3, w4, w12, w1);
            Expand(ref w4, w5, w13, w2);
            Expand(ref w5, w6, w14, w3);
            Expand(ref w6, w7, w15, w4);
            Expand(ref w7, w8, w0, w5);
            Expand(ref w8, w9, w1, w6);
            Expand(ref w9, w10, w2, w7);
            Expand(ref w10, w11, w3, w8);
            Expand(ref w11, w12, w4, w9);
            Expand(ref w12, w13, w5, w10);
            Expand(ref w13, w14, w6, w11);
            Expand(ref w14, w15, w7, w12);
            Expand(ref w15, w0, w8, w13);
        }

        state.Add(a, b, c, d, e, f, g, h);
    }

    /// <summary>Takes in a block that is the same in every lane and known beforehand.</summary>
    /// <param name="state">Of each lane.</param>
    /// <param name="rounds">What each of the 64 rounds adds: its constant and the schedule's word.</param>
    public static void Compress(ref LaneState state, ReadOnlySpan<uint> rounds)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < Sha256Rounds.Count; round += Sha256State.WordCount)
        {
            ref var k = ref MemoryMarshal.GetReference(rounds[round..(round + Sha256State.WordCount)]);
            Round(a, b, c, ref d, e, f, g, ref h, Constant(ref k, 0));
            Round(h, a, b, ref c, d, e, f, ref g, Constant(ref k, 1));
            Round(g, h, a, ref b, c, d, e, ref f, Constant(ref k, 2));
            Round(f, g, h, ref a, b, c, d, ref e, Constant(ref k, 3));
            Round(e, f, g, ref h, a, b, c, ref d, Constant(ref k, 4));
            Round(d, e, f, ref g, h, a, b, ref c, Constant(ref k, 5));
            Round(c, d, e, ref f, g, h, a, ref b, Constant(ref k, 6));
            Round(b, c, d, ref e, f, g, h, ref a, Constant(ref k, 7));
        }

        state.Add(a, b, c, d, e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane Constant(ref uint k, int at) => Vector512.Create(Unsafe.Add(ref k, at));

    /// <summary>One round; what the next one calls by other names stays where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(Lane a, Lane b, Lane c, ref Lane d, Lane e, Lane f, Lane g, ref Lane h, Lane word)
    {
        var mixed = h + word
            + Odd(Avx512F.RotateRight(e, 6), Avx512F.RotateRight(e, 11), Avx512F.RotateRight(e, 25))
            + Avx512F.TernaryLogic(e, f, g, ChooseTable);
        d += mixed;
        h = mixed
            + Odd(Avx512F.RotateRight(a, 2), Avx512F.RotateRight(a, 13), Avx512F.RotateRight(a, 22))
            + Avx512F.TernaryLogic(a, b, c, MajorityTable);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(ref Lane word, Lane early, Lane middle, Lane late) => word = word + middle
        + Odd(Avx512F.RotateRight(early, 7), Avx512F.RotateRight(early, 18), early >>> 3)
        + Odd(Avx512F.RotateRight(late, 17), Avx512F.RotateRight(late, 19), late >>> 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane Odd(Lane first, Lane second, Lane third) =>
        Avx512F.TernaryLogic(first, second, third, OddTable);
}
