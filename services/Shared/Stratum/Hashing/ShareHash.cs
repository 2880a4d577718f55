using System.Numerics;
using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>
/// The hash of a header, as the number that is compared with targets. It is also the key of a duplicate.
/// </summary>
public readonly record struct ShareHash
{
    private readonly Target _number;

    /// <param name="digest">The 32 bytes as the algorithm leaves them.</param>
    public ShareHash(ReadOnlySpan<byte> digest) => _number = Target.FromLittleEndian(digest);

    /// <summary>The half that no target makes zero.</summary>
    internal UInt128 LowerHalf => _number.LowerHalf;

    public bool Meets(Target target) => _number <= target;

    /// <summary>The difficulty this hash would have met, for display only: what is credited is the job's.</summary>
    public Difficulty ToDifficulty(Algorithm algorithm) => Difficulty.OfTarget(_number, algorithm);

    public BigInteger ToInteger() => _number.ToInteger();

    /// <summary>The 32 bytes as the algorithm leaves them.</summary>
    public void CopyTo(Span<byte> destination) => _number.WriteLittleEndian(destination);

    /// <summary>64 hex digits, most significant first, as explorers show it.</summary>
    public override string ToString() => _number.ToString();
}
