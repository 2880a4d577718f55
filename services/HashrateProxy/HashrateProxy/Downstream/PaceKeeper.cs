namespace Marketplace.HashrateProxy.Downstream;

/// <summary>Estimates one worker's hashrate since its last estimate. Guarded by its worker's lock.</summary>
internal sealed class PaceKeeper(DateTimeOffset startedAt)
{
    /// <summary>Firmware leaves a pool that is silent for 90 s.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>At the slowest pace a working machine is silent for so long once in e^12 times.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(1);

    /// <summary>Fewer shares than these say little.</summary>
    public const int MinShares = 8;

    private const int SilenceDivisor = 4;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private DateTimeOffset _since = startedAt;
    private UInt128 _hashes;
    private int _shares;

    public void Count(Work work)
    {
        _hashes += work.Hashes;
        _shares++;
    }

    /// <summary>
    /// The difficulty for the wanted pace, once enough was seen; a worker that sends nothing gets an easier one.
    /// </summary>
    public Difficulty? TryEstimate(DateTimeOffset now, Difficulty current, int sharesPerMinute, Algorithm algorithm)
    {
        var elapsed = now - _since;
        if (elapsed < Shortest || (_shares < MinShares && elapsed < Longest))
        {
            return null;
        }

        var estimate = _shares > 0
            ? WorkerPace.For(Hashrate.Of(new Work(_hashes), elapsed), sharesPerMinute, algorithm)
            : Difficulty.ForWorkPerShare(
                new Work(Work.Of(current.ToTarget(algorithm), algorithm).Hashes / SilenceDivisor), algorithm);
        (_since, _hashes, _shares) = (now, 0, 0);
        return estimate;
    }
}
