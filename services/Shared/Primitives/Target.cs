using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Marketplace.Primitives;

/// <summary>
/// A 256-bit unsigned integer that a block or share hash, read as a little-endian number, must not exceed.
/// </summary>
public readonly record struct Target : IComparable<Target>
{
    public const int SizeBytes = 32;

    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    private Target(ulong word0, ulong word1, ulong word2, ulong word3) =>
        (_word0, _word1, _word2, _word3) = (word0, word1, word2, word3);

    /// <summary>The 128 least significant bits.</summary>
    public UInt128 LowerHalf => new(_word1, _word0);

    public static Target Max { get; } = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Reads 32 bytes as a little-endian number: the order in which SHA-256d leaves its digest.</summary>
    public static Target FromLittleEndian(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    /// <summary>Clamps to the 256-bit range, so that a difficulty below the easiest still has a target.</summary>
    public static Target FromInteger(BigInteger value)
    {
        if (value.Sign < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), "A target is never negative.");
        }

        Span<byte> bytes = stackalloc byte[SizeBytes];
        return value.TryWriteBytes(bytes, out _, isUnsigned: true) ? FromLittleEndian(bytes) : Max;
    }

    /// <summary>
    /// The compact form of a block header's nBits (Bitcoin developer reference, "Target nBits"). A negative or
    /// overflowing one is zero, which no hash meets, as a node treats it: else a pool's bad word would make a block of
    /// every share.
    /// </summary>
    public static Target FromCompact(uint bits)
    {
        const uint signBit = 0x00800000;
        var exponent = (int)(bits >> 24);
        BigInteger mantissa = bits & (signBit - 1);
        var value = exponent >= 3 ? mantissa << (8 * (exponent - 3)) : mantissa >> (8 * (3 - exponent));
        return (bits & signBit) != 0 || value.GetBitLength() > 8 * SizeBytes ? default : FromInteger(value);
    }

    public BigInteger ToInteger()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        WriteLittleEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }

    public void WriteLittleEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _word0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _word1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _word2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _word3);
    }

    /// <summary>True when a hash, given as its 32 digest bytes, meets this target. Allocates nothing.</summary>
    public bool IsMetBy(ReadOnlySpan<byte> hash) => FromLittleEndian(hash).CompareTo(this) <= 0;

    public int CompareTo(Target other)
    {
        var high = _word3.CompareTo(other._word3);
        if (high != 0)
        {
            return high;
        }

        var upper = _word2.CompareTo(other._word2);
        if (upper != 0)
        {
            return upper;
        }

        var lower = _word1.CompareTo(other._word1);
        return lower != 0 ? lower : _word0.CompareTo(other._word0);
    }

    public static bool operator <(Target left, Target right) => left.CompareTo(right) < 0;

    public static bool operator >(Target left, Target right) => left.CompareTo(right) > 0;

    public static bool operator <=(Target left, Target right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Target left, Target right) => left.CompareTo(right) >= 0;

    /// <summary>64 hex digits, most significant first.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_word3:x16}{_word2:x16}{_word1:x16}{_word0:x16}");
}
