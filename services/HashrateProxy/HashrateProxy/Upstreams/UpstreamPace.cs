namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>How many shares one connection may carry up. Pure.</summary>
internal static class UpstreamPace
{
    public const int MaxSubmitsPerSecond = 5;

    /// <summary>The least difficulty a pool must offer so that this hashrate stays within the limit.</summary>
    public static Difficulty MinimumDifficulty(Hashrate rate, Algorithm algorithm) =>
        Difficulty.ForWorkPerShare(rate.Over(TimeSpan.FromSeconds(1) / MaxSubmitsPerSecond), algorithm);
}
