using System.Buffers;
using System.Buffers.Binary;

namespace Marketplace.Stratum;

/// <summary>
/// scrypt (RFC 7914) as Litecoin and Dogecoin use it: N = 1024, r = 1, p = 1, the header both password and salt. Its
/// scratch memory of 128 KiB is rented, so that each hashing thread has one of its own.
/// </summary>
public static class Scrypt
{
    private const int Cost = 1024;

    /// <summary>Writes the 32 bytes that are, as a little-endian number, compared with a target.</summary>
    public static void Hash(ReadOnlySpan<byte> header, Span<byte> hash) =>
        Hash(Sha256Engine.Best, header, hash);

    internal static void Hash(Sha256Engine engine, ReadOnlySpan<byte> header, Span<byte> hash) =>
        Derive(engine, header, header, Cost, hash[..Sha256Engine.HashBytes]);

    /// <summary>scrypt with r = 1 and p = 1.</summary>
    /// <param name="engine">What hashes.</param>
    /// <param name="password">What is hashed.</param>
    /// <param name="salt">Beside it.</param>
    /// <param name="cost">N, a power of two: blocks of 128 bytes of scratch memory.</param>
    /// <param name="derived">Filled to its end.</param>
    internal static void Derive(
        Sha256Engine engine, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost, Span<byte> derived)
    {
        var key = new HmacSha256(engine, password);
        Span<byte> block = stackalloc byte[ScryptMix.BlockBytes];
        Stretch(key, engine, salt, block);
        var scratch = ArrayPool<byte>.Shared.Rent(cost * ScryptMix.BlockBytes);
        ScryptMix.Mix(block, scratch.AsSpan(0, cost * ScryptMix.BlockBytes));
        ArrayPool<byte>.Shared.Return(scratch);
        Stretch(key, engine, block, derived);
    }

    /// <summary>PBKDF2 with one iteration (RFC 8018, 5.2): a counter behind the salt for every 32 bytes.</summary>
    private static void Stretch(in HmacSha256 key, Sha256Engine engine, ReadOnlySpan<byte> salt, Span<byte> derived)
    {
        Span<byte> counter = stackalloc byte[sizeof(uint)];
        Span<byte> hash = stackalloc byte[Sha256Engine.HashBytes];
        for (uint number = 1; !derived.IsEmpty; number++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counter, number);
            key.Hash(engine, salt, counter, hash);
            var taken = Math.Min(hash.Length, derived.Length);
            hash[..taken].CopyTo(derived);
            derived = derived[taken..];
        }
    }

    /// <summary>HMAC (RFC 2104) with both keyed beginnings hashed once.</summary>
    private readonly struct HmacSha256
    {
        private const byte InnerPad = 0x36;
        private const byte OuterPad = 0x5c;

        private readonly Sha256Stream _inner;
        private readonly Sha256Stream _outer;

        public HmacSha256(Sha256Engine engine, ReadOnlySpan<byte> key)
        {
            Span<byte> block = stackalloc byte[Sha256Engine.BlockBytes];
            block.Clear();
            if (key.Length > block.Length)
            {
                Sha256Stream.Of(engine, key).Finish(engine, block);
            }
            else
            {
                key.CopyTo(block);
            }

            _inner = Begin(engine, block, InnerPad);
            _outer = Begin(engine, block, OuterPad);
        }

        public void Hash(Sha256Engine engine, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> hash)
        {
            var inner = _inner;
            inner.Append(engine, first);
            inner.Append(engine, second);
            inner.Finish(engine, hash);
            var outer = _outer;
            outer.Append(engine, hash);
            outer.Finish(engine, hash);
        }

        private static Sha256Stream Begin(Sha256Engine engine, ReadOnlySpan<byte> key, byte pad)
        {
            Span<byte> padded = stackalloc byte[Sha256Engine.BlockBytes];
            for (var at = 0; at < padded.Length; at++)
            {
                padded[at] = (byte)(key[at] ^ pad);
            }

            return Sha256Stream.Of(engine, padded);
        }
    }
}
