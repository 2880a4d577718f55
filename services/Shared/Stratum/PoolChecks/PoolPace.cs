using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>How fast a pool may be: shares up one connection, jobs down it.</summary>
public static class PoolPace
{
    public const int MaxSubmitsPerSecond = 5;

    /// <summary>
    /// Every clean job costs each machine about a second; more of them, without a new block, make a hashrate that
    /// cannot be delivered.
    /// </summary>
    public const int MaxNeedlessCleanJobsPerMinute = 12;

    /// <summary>The least difficulty a pool must offer so that this hashrate stays within the limit.</summary>
    public static Difficulty MinimumDifficulty(Hashrate rate, Algorithm algorithm) =>
        Difficulty.ForWorkPerShare(rate.Over(TimeSpan.FromSeconds(1) / MaxSubmitsPerSecond), algorithm);
}
