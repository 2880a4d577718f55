using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>How many shares one connection to a pool may carry.</summary>
public static class PoolPace
{
    public const int MaxSubmitsPerSecond = 5;

    /// <summary>The least difficulty a pool must offer so that this hashrate stays within the limit.</summary>
    public static Difficulty MinimumDifficulty(Hashrate rate, Algorithm algorithm) =>
        Difficulty.ForWorkPerShare(rate.Over(TimeSpan.FromSeconds(1) / MaxSubmitsPerSecond), algorithm);
}
