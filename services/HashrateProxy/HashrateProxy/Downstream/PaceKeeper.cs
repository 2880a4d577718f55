namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Watches whether one worker sends shares at its pace, and says how fast it is once that is sure. Until its pace has
/// settled it is asked for many shares, so that a wrong first guess is found within seconds. Guarded by its worker's
/// lock; statistics only, nothing here is credited.
/// </summary>
internal sealed class PaceKeeper(DateTimeOffset startedAt)
{
    /// <summary>
    /// Firmware leaves a pool that is silent for 90 s, some of it sooner: a line comes every 30 s, and this is looked
    /// at once a second.
    /// </summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(28);

    /// <summary>At the slowest pace a working machine is silent for so long once in e^12 times.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(1);

    /// <summary>Fewer shares than these say little.</summary>
    public const int MinShares = 8;

    /// <summary>From so many shares a hashrate is known well enough to keep a pace by.</summary>
    private const int SharesToSettle = 16;

    /// <summary>A pace is wrong for sure when it is off by so many sigma.</summary>
    private const double Sigmas = 3;

    /// <summary>A burst is shorter than this.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>A machine that had settled and is silent for less has only paused.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private DateTimeOffset _since = startedAt;
    private UInt128 _hashes;

    /// <summary>When its pace was right for the first time, or as near as its pool allows; null before.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    public void Count(Work work) => _hashes += work.Hashes;

    /// <summary>What was not hashed because there was no job says nothing about the machine.</summary>
    public void Restart(DateTimeOffset now) => (_since, _hashes) = (now, 0);

    /// <summary>The difficulty it cannot be given is the one it has: its pace is as right as it gets.</summary>
    public void Settle(DateTimeOffset now) => SettledAt ??= now;

    /// <summary>The difficulty for the wanted pace, where the one that was sent is wrong for sure; else null.</summary>
    /// <param name="now">The time of day.</param>
    /// <param name="sent">The difficulty it was sent last.</param>
    /// <param name="workPerShare">At that difficulty.</param>
    /// <param name="sharesPerMinute">Its part of its contract's budget of shares.</param>
    /// <param name="algorithm">What it hashes.</param>
    public Difficulty? TryCorrect(
        DateTimeOffset now, Difficulty sent, Work workPerShare, int sharesPerMinute, Algorithm algorithm)
    {
        var elapsed = now - _since;
        var expected = elapsed.TotalMinutes * PaceOf(sharesPerMinute);
        var counted = (double)(_hashes / workPerShare.Hashes);
        var mayBePause = SettledAt is not null && counted < expected && elapsed < LongestPause;
        if (elapsed < Shortest || mayBePause || !IsSure(counted, expected))
        {
            return null;
        }

        // Half a share more: the least biased estimate from a few, and never none from silence.
        var rate = Hashrate.Of(new Work(_hashes + workPerShare.Hashes / 2), elapsed);
        Restart(now);
        if (SettledAt is not null && WorkerPace.IsNear(counted, expected))
        {
            return null;
        }

        if (counted >= SharesToSettle)
        {
            Settle(now);
        }

        var wanted = WorkerPace.For(rate, PaceOf(sharesPerMinute), algorithm);
        return WorkerPace.IsFar(sent, wanted, algorithm) ? wanted : null;
    }

    private int PaceOf(int sharesPerMinute) => SettledAt is null ? WorkerPace.MaxSharesPerMinute : sharesPerMinute;

    /// <summary>
    /// Before it has settled any better guess is welcome; afterwards only what cannot be chance moves it.
    /// </summary>
    private bool IsSure(double counted, double expected)
    {
        var isFar = !WorkerPace.IsNear(counted, expected);
        var most = Math.Max(counted, expected);
        return isFar && Math.Abs(counted - expected) > Sigmas * Math.Sqrt(most)
            || (SettledAt is null ? counted >= SharesToSettle || isFar && most >= SharesToSettle
                : !isFar && most >= SharesToSettle);
    }
}
