using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using static System.Numerics.BitOperations;

namespace Marketplace.Stratum;

/// <summary>SHA-256 in plain C#, for machines without libcrypto.</summary>
internal sealed class ManagedSha256 : Sha256Engine
{
    public override string Name => "managed";

    public override void Compress(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        for (; blocks.Length >= BlockBytes; blocks = blocks[BlockBytes..])
        {
            CompressBlock(state, blocks);
        }
    }

    [SkipLocalsInit]
    private static void CompressBlock(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[Sha256Rounds.Count];
        Read(block, schedule);
        Sha256Rounds.Expand(schedule);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < Sha256Rounds.Count; round++)
        {
            var sum1 = RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
            var mixed = h + sum1 + (g ^ (e & (f ^ g))) + Sha256Rounds.Constants[round] + schedule[round];
            var sum0 = RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
            var majority = (a & b) | (c & (a | b));
            (h, g, f, e) = (g, f, e, d + mixed);
            (d, c, b, a) = (c, b, a, mixed + sum0 + majority);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static void Read(ReadOnlySpan<byte> block, Span<uint> schedule)
    {
        for (var at = 0; at < BlockBytes / sizeof(uint); at++)
        {
            schedule[at] = BinaryPrimitives.ReadUInt32BigEndian(block[(at * sizeof(uint))..]);
        }
    }
}
