using Marketplace.Primitives;

namespace Marketplace.Stratum.Proof;

/// <summary>
/// How many hashes were done, as far as shares can tell. The work is exact and is what is paid; the hashes behind it
/// are an estimate, with exact bounds of Poisson counts (Garwood 1936). Shares of several difficulties count as the
/// number of equal ones that would err as much: (sum w)^2 / sum w^2.
/// </summary>
/// <param name="Work">The sum over the shares.</param>
/// <param name="EffectiveShares">How many equal shares would err as much.</param>
public readonly record struct WorkEstimate(Work Work, double EffectiveShares)
{
    private const double Tail95 = 0.025;

    /// <summary>Below this, in parts of the work, the true amount lies with a probability of 2.5 %.</summary>
    public double LowFactor => EffectiveShares <= 0
        ? 0
        : Distributions.GammaQuantile(Tail95, EffectiveShares) / EffectiveShares;

    /// <summary>Above this, in parts of the work, the true amount lies with a probability of 2.5 %.</summary>
    public double HighFactor => EffectiveShares <= 0
        ? double.PositiveInfinity
        : Distributions.GammaQuantile(1 - Tail95, EffectiveShares + 1) / EffectiveShares;

    public Hashrate Rate(TimeSpan window) => Hashrate.Of(Work, window);

    public (Hashrate Low, Hashrate High) Interval95(TimeSpan window)
    {
        var rate = (double)Rate(window).HashesPerSecond;
        return (new Hashrate((UInt128)(rate * LowFactor)), new Hashrate((UInt128)(rate * HighFactor)));
    }
}

/// <summary>Adds shares up to a <see cref="WorkEstimate"/>.</summary>
public sealed class WorkSum
{
    private double _squares;

    public Work Work { get; private set; }

    public long Shares { get; private set; }

    public void Add(Work share)
    {
        Work += share;
        Shares++;
        _squares += (double)share.Hashes * (double)share.Hashes;
    }

    public WorkEstimate ToEstimate() =>
        new(Work, _squares > 0 ? (double)Work.Hashes * ((double)Work.Hashes / _squares) : 0);
}
