using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Marketplace.Stratum;

/// <summary>
/// Up to 32 bytes of a coinbase that are chosen, not given: an extranonce1, an extranonce2 or a prefix of ours.
/// </summary>
public readonly struct Extranonce : IEquatable<Extranonce>
{
    /// <summary>Longest of any pool is 16 for both parts together.</summary>
    public const int MaxBytes = 32;

    private readonly Buffer _bytes;
    private readonly byte _length;

    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxBytes"/>.</exception>
    public Extranonce(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxBytes, nameof(bytes));
        bytes.CopyTo(_bytes);
        _length = (byte)bytes.Length;
    }

    public int Length => _length;

    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>Reads hex of either case; false for an odd number of digits or more than 32 bytes.</summary>
    public static bool TryParseHex(ReadOnlySpan<byte> hex, out Extranonce extranonce)
    {
        extranonce = default;
        Span<byte> bytes = stackalloc byte[MaxBytes];
        if (hex.Length % 2 != 0 || hex.Length > MaxBytes * 2
            || Convert.FromHexString(hex, bytes, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        extranonce = new Extranonce(bytes[..written]);
        return true;
    }

    public bool Equals(Extranonce other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is Extranonce other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public override string ToString() => Convert.ToHexStringLower(Bytes);

    public static bool operator ==(Extranonce left, Extranonce right) => left.Equals(right);

    public static bool operator !=(Extranonce left, Extranonce right) => !left.Equals(right);

    [InlineArray(MaxBytes)]
    private struct Buffer
    {
        private byte _first;
    }
}
