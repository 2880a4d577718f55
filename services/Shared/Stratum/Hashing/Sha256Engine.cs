using System.Runtime.CompilerServices;

namespace Marketplace.Stratum;

/// <summary>The eight words between two blocks: a midstate.</summary>
[InlineArray(WordCount)]
internal struct Sha256State
{
    public const int WordCount = 8;

    private uint _first;
}

/// <summary>
/// One compression of SHA-256 (FIPS 180-4, 6.2.2): the only thing that differs between the two ways to hash.
/// </summary>
internal abstract class Sha256Engine
{
    public const int BlockBytes = 64;
    public const int HashBytes = 32;

    /// <summary>The machine's libcrypto where it is found and gives right answers, else our own.</summary>
    public static Sha256Engine Best { get; } = LibCryptoSha256.TryLoad() ?? (Sha256Engine)new ManagedSha256();

    public abstract string Name { get; }

    /// <summary>Takes whole blocks into the state.</summary>
    public abstract void Compress(Span<uint> state, ReadOnlySpan<byte> blocks);
}
