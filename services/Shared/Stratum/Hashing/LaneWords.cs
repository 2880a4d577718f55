using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lane = System.Runtime.Intrinsics.Vector512<uint>;

namespace Marketplace.Stratum;

/// <summary>The eight words of sixteen states, each word of all lanes together.</summary>
[InlineArray(Sha256State.WordCount)]
internal struct LaneState
{
    private Lane _first;

    /// <summary>Word 0 of every lane, then word 1, and so on.</summary>
    [UnscopedRef]
    public Span<uint> Words => MemoryMarshal.Cast<Lane, uint>((Span<Lane>)this);

    public void Add(Lane a, Lane b, Lane c, Lane d, Lane e, Lane f, Lane g, Lane h)
    {
        this[0] += a;
        this[1] += b;
        this[2] += c;
        this[3] += d;
        this[4] += e;
        this[5] += f;
        this[6] += g;
        this[7] += h;
    }
}

/// <summary>The sixteen words of sixteen blocks, each word of all lanes together.</summary>
[InlineArray(Sha256Engine.BlockBytes / sizeof(uint))]
internal struct LaneBlock
{
    private Lane _first;

    /// <summary>Word 0 of every lane, then word 1, and so on.</summary>
    [UnscopedRef]
    public Span<uint> Words => MemoryMarshal.Cast<Lane, uint>((Span<Lane>)this);
}

/// <summary>Puts the words of one lane where those of all lanes are, and takes them from there.</summary>
internal static class LaneWords
{
    /// <param name="words">Of all lanes; as many of one lane are written as there is room for.</param>
    /// <param name="lane">Whose.</param>
    /// <param name="bytes">Its words, the most significant byte of each first.</param>
    public static void Set(Span<uint> words, int lane, ReadOnlySpan<byte> bytes)
    {
        for (int at = lane, from = 0; at < words.Length && from < bytes.Length; at += Sha256Lanes.Count)
        {
            words[at] = BinaryPrimitives.ReadUInt32BigEndian(bytes[from..]);
            from += sizeof(uint);
        }
    }

    public static void Set(Span<uint> words, int lane, in Sha256State state)
    {
        for (var word = 0; word < Sha256State.WordCount; word++)
        {
            words[word * Sha256Lanes.Count + lane] = state[word];
        }
    }

    /// <param name="words">Of all lanes.</param>
    /// <param name="lane">Whose.</param>
    /// <param name="bytes">Receives as many of its words as there is room for.</param>
    public static void Get(ReadOnlySpan<uint> words, int lane, Span<byte> bytes)
    {
        for (int at = lane, to = 0; to < bytes.Length; at += Sha256Lanes.Count)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[to..], words[at]);
            to += sizeof(uint);
        }
    }

    /// <summary>Lets those lanes take a step that have one left.</summary>
    /// <param name="state">Where all are.</param>
    /// <param name="next">Where they would be.</param>
    /// <param name="steps">How many each has.</param>
    /// <param name="step">Which this is, from zero.</param>
    public static void Advance(ref LaneState state, in LaneState next, ReadOnlySpan<int> steps, int step)
    {
        if (steps.IndexOfAnyInRange(0, step) < 0)
        {
            state = next;
            return;
        }

        var from = next;
        for (var lane = 0; lane < steps.Length; lane++)
        {
            for (var at = lane; step < steps[lane] && at < state.Words.Length; at += Sha256Lanes.Count)
            {
                state.Words[at] = from.Words[at];
            }
        }
    }

    public static int Max(ReadOnlySpan<int> steps)
    {
        var max = 0;
        foreach (var count in steps)
        {
            max = Math.Max(max, count);
        }

        return max;
    }
}
