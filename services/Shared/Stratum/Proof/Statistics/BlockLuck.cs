using System.Numerics;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Blocks expected of the work and blocks found. Who withholds blocks and nothing else can be seen by nothing else; so
/// this also says how much withholding would have shown at this size, and claims nothing below it.
/// </summary>
/// <param name="Expected">What honest hardware finds on average in this work.</param>
/// <param name="Found">Accepted shares that solved a block.</param>
public readonly record struct BlockLuck(double Expected, long Found)
{
    /// <summary>An honest seller finds so few with at most this probability.</summary>
    public const double FalseAlarms = 0.01;

    /// <summary>With this probability the part that <see cref="Detectable"/> names would have shown.</summary>
    public const double Power = 0.9;

    private const int Bisections = 60;

    /// <summary>How likely an honest seller finds no more than were found.</summary>
    public double PValue => Distributions.PoissonAtMost(Found, Expected);

    public bool IsSuspicious => PValue < FalseAlarms;

    /// <summary>
    /// The least part of the blocks whose withholding would have shown; null when not even the withholding of all would
    /// have: then nothing is known.
    /// </summary>
    public double? Detectable
    {
        get
        {
            var most = MostThatIsSuspicious();
            if (most < 0)
            {
                return null;
            }

            var (low, high) = (0.0, 1.0);
            for (var step = 0; step < Bisections; step++)
            {
                var part = (low + high) / 2;
                var shows = Distributions.PoissonAtMost(most, Expected * (1 - part)) >= Power;
                (low, high) = shows ? (low, part) : (part, high);
            }

            return high;
        }
    }

    /// <summary>What one accepted share adds to the expected blocks.</summary>
    public static double ExpectedOf(Target share, Target block) =>
        (double)(block.ToInteger() + BigInteger.One) / (double)(share.ToInteger() + BigInteger.One);

    private long MostThatIsSuspicious()
    {
        // Twelve sigma below the mean nothing is likely: the search may start there.
        var count = Math.Max(-1, (long)(Expected - (12 * Math.Sqrt(Expected))) - 1);
        while (Distributions.PoissonAtMost(count + 1, Expected) < FalseAlarms)
        {
            count++;
        }

        return count;
    }
}
