using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Marketplace.Simulators.ProofOfWork;

/// <summary>
/// Hashes eight nonces of a header at once, so that a whole simulated farm costs a fraction of a core. What it finds
/// are candidates: only the top word of the hash was looked at.
/// </summary>
internal static class NonceScanner
{
    public const int Lanes = 8;
    private const int BlockWords = 16;
    private const int Rounds = 64;
    private const int StateWords = 8;
    private const uint PaddingBit = 0x80000000;
    private const uint HeaderBits = PlainProofOfWork.HeaderSizeBytes * 8;
    private const uint DigestBits = 256;

    private static readonly uint[] InitialState =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    private static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Adds every nonce whose hash has a top word of at most <paramref name="highestTopWord"/>.</summary>
    /// <param name="count">Nonces to try; a multiple of <see cref="Lanes"/>.</param>
    public static void Scan(
        ReadOnlySpan<byte> header, uint firstNonce, int count, uint highestTopWord, ICollection<uint> candidates)
    {
        Span<Vector256<uint>> midstate = stackalloc Vector256<uint>[StateWords];
        Span<Vector256<uint>> tail = stackalloc Vector256<uint>[BlockWords];
        Span<Vector256<uint>> block = stackalloc Vector256<uint>[BlockWords];
        Span<Vector256<uint>> digest = stackalloc Vector256<uint>[StateWords];
        Prepare(header, midstate, tail);
        for (var done = 0; done < count; done += Lanes)
        {
            var nonces = Vector256.Create(firstNonce + (uint)done) + Vector256<uint>.Indices;
            tail.CopyTo(block);
            block[3] = SwapBytes(nonces);
            midstate.CopyTo(digest);
            Compress(digest, block);

            digest.CopyTo(block);
            block[8] = Vector256.Create(PaddingBit);
            block[9..15].Clear();
            block[15] = Vector256.Create(DigestBits);
            Start(digest);
            Compress(digest, block);

            var found = Vector256.LessThanOrEqual(SwapBytes(digest[7]), Vector256.Create(highestTopWord));
            for (var bits = found.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                candidates.Add(nonces[System.Numerics.BitOperations.TrailingZeroCount(bits)]);
            }
        }
    }

    private static void Prepare(ReadOnlySpan<byte> header, Span<Vector256<uint>> midstate, Span<Vector256<uint>> tail)
    {
        for (var word = 0; word < BlockWords; word++)
        {
            tail[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(header[(word * sizeof(uint))..]));
        }

        Start(midstate);
        Compress(midstate, tail);
        tail.Clear();
        for (var word = 0; word < 3; word++)
        {
            var at = (BlockWords + word) * sizeof(uint);
            tail[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(header[at..]));
        }

        tail[4] = Vector256.Create(PaddingBit);
        tail[15] = Vector256.Create(HeaderBits);
    }

    private static void Start(Span<Vector256<uint>> state)
    {
        for (var word = 0; word < StateWords; word++)
        {
            state[word] = Vector256.Create(InitialState[word]);
        }
    }

    /// <summary>One SHA-256 compression in eight lanes (FIPS 180-4, 6.2.2); the block is overwritten.</summary>
    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> block)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < Rounds; round++)
        {
            var slot = round & (BlockWords - 1);
            if (round >= BlockWords)
            {
                block[slot] = NextWord(block, round);
            }

            var sum = Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25);
            var choice = g ^ (e & (f ^ g));
            var first = h + sum + choice + Vector256.Create(RoundConstants[round]) + block[slot];
            var majority = (a & b) | (c & (a | b));
            var second = (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + majority;
            (h, g, f, e) = (g, f, e, d + first);
            (d, c, b, a) = (c, b, a, first + second);
        }

        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> NextWord(Span<Vector256<uint>> block, int round)
    {
        var early = block[(round + 1) & 15];
        var late = block[(round + 14) & 15];
        var smallSum0 = Rotate(early, 7) ^ Rotate(early, 18) ^ Vector256.ShiftRightLogical(early, 3);
        var smallSum1 = Rotate(late, 17) ^ Rotate(late, 19) ^ Vector256.ShiftRightLogical(late, 10);
        return block[round & 15] + smallSum0 + block[(round + 9) & 15] + smallSum1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> value, int bits) =>
        Vector256.ShiftRightLogical(value, bits) | Vector256.ShiftLeft(value, 32 - bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> SwapBytes(Vector256<uint> value) =>
        (Vector256.ShiftLeft(value, 24) | Vector256.ShiftRightLogical(value, 24))
        | (Vector256.ShiftLeft(value & Vector256.Create(0xFF00u), 8))
        | (Vector256.ShiftRightLogical(value, 8) & Vector256.Create(0xFF00u));
}
