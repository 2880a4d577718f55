namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Work of the last minutes in buckets of five seconds, for display and for estimates: never for money. Guarded by its
/// owner's lock.
/// </summary>
internal sealed class WorkWindow
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(5);
    private static readonly int BucketCount = (int)(Longest / Bucket) + 1;

    private readonly UInt128[] _hashes = new UInt128[BucketCount];
    private readonly int[] _shares = new int[BucketCount];
    private readonly DateTimeOffset _startedAt;
    private long _newest;

    public WorkWindow(DateTimeOffset startedAt)
    {
        _startedAt = startedAt;
        _newest = IndexOf(startedAt);
    }

    public void Add(Work work, DateTimeOffset at)
    {
        Advance(at);
        _hashes[_newest % BucketCount] += work.Hashes;
        _shares[_newest % BucketCount]++;
    }

    /// <summary>The hashrate over the window that ends now, or since the start where that is shorter.</summary>
    public WindowReading Read(TimeSpan window, DateTimeOffset now)
    {
        Advance(now);
        var from = Math.Max(IndexOf(now - window) + 1, IndexOf(_startedAt));
        UInt128 hashes = 0;
        var shares = 0;
        for (var index = from; index <= _newest; index++)
        {
            hashes += _hashes[index % BucketCount];
            shares += _shares[index % BucketCount];
        }

        var windowStartAt = new DateTimeOffset(Math.Max(from * Bucket.Ticks, _startedAt.UtcTicks), TimeSpan.Zero);
        return new WindowReading(new Work(hashes), shares, windowStartAt, now);
    }

    private void Advance(DateTimeOffset at)
    {
        var index = IndexOf(at);
        for (var skipped = Math.Max(_newest + 1, index - BucketCount + 1); skipped <= index; skipped++)
        {
            _hashes[skipped % BucketCount] = 0;
            _shares[skipped % BucketCount] = 0;
        }

        _newest = Math.Max(_newest, index);
    }

    private static long IndexOf(DateTimeOffset at) => at.UtcTicks / Bucket.Ticks;
}

internal readonly record struct WindowReading(Work Work, int Shares, DateTimeOffset StartAt, DateTimeOffset EndAt)
{
    public Hashrate Hashrate => Hashrate.Of(Work, EndAt - StartAt);
}
