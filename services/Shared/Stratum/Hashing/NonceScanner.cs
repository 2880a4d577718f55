using System.Buffers.Binary;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>Looks for nonces: what a simulated machine does all day.</summary>
public static class NonceScanner
{
    private const int NonceAt = BlockHeader.NonceAt - Sha256Engine.BlockBytes;

    /// <summary>
    /// Tries <paramref name="count"/> nonces upwards, wrapping at 2^32; stops at the first that meets the target.
    /// </summary>
    /// <param name="header">80 bytes; the nonce in them is not looked at.</param>
    /// <param name="firstNonce">Where to begin.</param>
    /// <param name="count">How many to try at most: one call is one slice of time.</param>
    /// <param name="target">What the hash must not exceed.</param>
    /// <param name="nonce">The nonce found.</param>
    /// <returns>False when none of them meets the target.</returns>
    public static bool TryFind(
        ReadOnlySpan<byte> header, uint firstNonce, uint count, Target target, out uint nonce) =>
        TryFind(Sha256Engine.Best, header, firstNonce, count, target, out nonce);

    internal static bool TryFind(
        Sha256Engine engine, ReadOnlySpan<byte> header, uint firstNonce, uint count, Target target, out uint nonce)
    {
        var start = Sha256Rounds.Start;
        var midstate = start;
        engine.Compress(midstate, header[..Sha256Engine.BlockBytes]);
        Span<byte> tail = stackalloc byte[Sha256Engine.BlockBytes];
        Span<byte> digest = stackalloc byte[Sha256Engine.BlockBytes];
        tail.Clear();
        digest.Clear();
        header[Sha256Engine.BlockBytes..].CopyTo(tail);
        Sha256Stream.Pad(tail, BlockHeader.SizeBytes - Sha256Engine.BlockBytes, BlockHeader.SizeBytes);
        Sha256Stream.Pad(digest, Sha256Engine.HashBytes, Sha256Engine.HashBytes);
        var easiestTop = TopWord(target);
        for (uint tried = 0; tried < count; tried++)
        {
            nonce = unchecked(firstNonce + tried);
            BinaryPrimitives.WriteUInt32LittleEndian(tail[NonceAt..], nonce);
            var first = midstate;
            engine.Compress(first, tail);
            Sha256Stream.WriteWords(first, digest);
            var second = start;
            engine.Compress(second, digest);
            if (BinaryPrimitives.ReverseEndianness(second[^1]) <= easiestTop && Meets(second, target))
            {
                return true;
            }
        }

        nonce = 0;
        return false;
    }

    /// <summary>The most significant word: nearly every hash fails on it alone.</summary>
    private static uint TopWord(Target target)
    {
        Span<byte> bytes = stackalloc byte[Target.SizeBytes];
        target.WriteLittleEndian(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
    }

    private static bool Meets(in Sha256State words, Target target)
    {
        Span<byte> hash = stackalloc byte[Sha256Engine.HashBytes];
        Sha256Stream.WriteWords(words, hash);
        return target.IsMetBy(hash);
    }
}
