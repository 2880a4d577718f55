using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>How many shares one connection may carry up. Pure.</summary>
internal static class UpstreamPace
{
    public const int MaxSubmitsPerSecond = PoolPace.MaxSubmitsPerSecond;

    /// <summary>The least difficulty a pool must offer so that this hashrate stays within the limit.</summary>
    public static Difficulty MinimumDifficulty(Hashrate rate, Algorithm algorithm) =>
        PoolPace.MinimumDifficulty(rate, algorithm);
}
