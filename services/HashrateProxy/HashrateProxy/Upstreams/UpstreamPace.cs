using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>How many shares one connection may carry up. Pure.</summary>
internal static class UpstreamPace
{
    public const int MaxSubmitsPerSecond = PoolPace.MaxSubmitsPerSecond;

    /// <summary>
    /// While a pool still raises its difficulty, the first worker alone may be so many times over the limit: without it
    /// the pool would see nothing to raise it for.
    /// </summary>
    public const int FirstWorkerFactor = 4;

    /// <summary>The least difficulty a pool must offer so that this hashrate stays within the limit.</summary>
    public static Difficulty MinimumDifficulty(Hashrate rate, Algorithm algorithm) =>
        PoolPace.MinimumDifficulty(rate, algorithm);

    /// <summary>
    /// The hashrate that one connection carries within the limit. One that is hard enough for everything that was
    /// promised carries whatever comes.
    /// </summary>
    public static Hashrate Capacity(Difficulty difficulty, Hashrate promised, Algorithm algorithm) =>
        difficulty >= MinimumDifficulty(promised, algorithm)
            ? Hashrate.Max
            : new Hashrate(Work.Of(difficulty.ToTarget(algorithm), algorithm).Hashes * MaxSubmitsPerSecond);

    /// <param name="capacity">Of the connection.</param>
    /// <param name="placed">What hashes there already.</param>
    /// <param name="worker">What is to be added.</param>
    public static bool Takes(Hashrate capacity, Hashrate placed, Hashrate worker) =>
        placed == Hashrate.Zero
            ? worker.HashesPerSecond / FirstWorkerFactor <= capacity.HashesPerSecond
            : placed + worker <= capacity;
}
