using System.Numerics;
using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// Whether the hashes of accepted shares lie as those of honest hardware do: of the shares of difficulty D, a part of
/// D / x meets x. A hash's place below its target is even over (0, 1]; firmware that rounds its difficulty, drops or
/// repeats some, and a seller who keeps the best for himself leave a hole somewhere. Not for two threads at once.
/// </summary>
public sealed class TailTest
{
    /// <summary>An honest fleet is suspected once in a hundred tests of the whole fleet.</summary>
    public const double FalseAlarms = 0.01;

    private const int Slices = 16;
    private const int FirstTail = 1;
    private const int LastTail = 40;
    private const int Tests = Slices + LastTail - FirstTail + 1;

    private readonly long[] _slices = new long[Slices];
    private readonly long[] _tails = new long[LastTail - FirstTail + 1];

    public long Shares { get; private set; }

    /// <summary>Counts an accepted share.</summary>
    public void Add(in ShareHash hash, Target target) =>
        Add((double)(hash.ToInteger() + BigInteger.One) / (double)(target.ToInteger() + BigInteger.One));

    /// <param name="place">The hash as a part of its target, above 0 and at most 1.</param>
    public void Add(double place)
    {
        Shares++;
        _slices[Math.Clamp((int)Math.Ceiling(place * Slices) - 1, 0, Slices - 1)]++;
        for (var tail = FirstTail; tail <= LastTail && place <= Math.ScaleB(1, -tail); tail++)
        {
            _tails[tail - FirstTail]++;
        }
    }

    /// <summary>
    /// How likely honest hardware looks as odd as this anywhere: the least of exact binomial tests, corrected for their
    /// number. 1 where there is nothing to tell.
    /// </summary>
    public double PValue()
    {
        var least = _slices.Min(count => TwoSided(count, 1.0 / Slices));
        for (var tail = FirstTail; tail <= LastTail; tail++)
        {
            least = Math.Min(least, TwoSided(_tails[tail - FirstTail], Math.ScaleB(1, -tail)));
        }

        return Math.Min(1, least * Tests);
    }

    /// <summary>True when one worker of so many is odder than the luck of them all explains.</summary>
    public bool IsSuspicious(int workersTested) => PValue() * Math.Max(workersTested, 1) < FalseAlarms;

    private double TwoSided(long count, double probability)
    {
        var atMost = Distributions.BinomialAtMost(count, Shares, probability);
        var atLeast = 1 - Distributions.BinomialAtMost(count - 1, Shares, probability);
        return Math.Min(1, 2 * Math.Min(atMost, atLeast));
    }
}
