namespace Marketplace.HashrateProxy.Metering;

/// <summary>Work in equal buckets of time, the oldest given up for the newest. Guarded by its owner's lock.</summary>
internal sealed class WorkRing
{
    /// <summary>Keeps the squares of what one share may be worth within a float; it cancels out.</summary>
    private const double Scale = 1.0 / (1L << 32);

    private readonly TimeSpan _bucket;
    private readonly DateTimeOffset _startedAt;
    private readonly UInt128[] _hashes;
    private readonly int[] _shares;
    private readonly float[] _squares;
    private long _newest;

    /// <param name="startedAt">Before it there is nothing.</param>
    /// <param name="longest">The longest window that can be read.</param>
    /// <param name="bucket">How finely a window's start is cut.</param>
    public WorkRing(DateTimeOffset startedAt, TimeSpan longest, TimeSpan bucket)
    {
        var count = (int)(longest / bucket) + 1;
        (_startedAt, _bucket) = (startedAt, bucket);
        (_hashes, _shares, _squares) = (new UInt128[count], new int[count], new float[count]);
        _newest = IndexOf(startedAt);
    }

    public void Add(Work work, DateTimeOffset at)
    {
        Advance(at);
        var index = _newest % _hashes.Length;
        _hashes[index] += work.Hashes;
        _shares[index]++;
        _squares[index] += (float)Math.Pow((double)work.Hashes * Scale, 2);
    }

    /// <summary>The window that ends now, or since the start where that is shorter.</summary>
    public WindowReading Read(TimeSpan window, DateTimeOffset now)
    {
        Advance(now);
        var from = Math.Max(IndexOf(now - window) + 1, IndexOf(_startedAt));
        UInt128 hashes = 0;
        var (shares, squares) = (0, 0.0);
        for (var index = from; index <= _newest; index++)
        {
            hashes += _hashes[index % _hashes.Length];
            shares += _shares[index % _hashes.Length];
            squares += _squares[index % _hashes.Length];
        }

        var startAt = new DateTimeOffset(Math.Max(from * _bucket.Ticks, _startedAt.UtcTicks), TimeSpan.Zero);
        return new WindowReading(new Work(hashes), shares, startAt, now)
        {
            EffectiveShares = squares > 0 ? Math.Pow((double)hashes * Scale, 2) / squares : 0,
        };
    }

    private void Advance(DateTimeOffset at)
    {
        var index = IndexOf(at);
        for (var skipped = Math.Max(_newest + 1, index - _hashes.Length + 1); skipped <= index; skipped++)
        {
            var stale = skipped % _hashes.Length;
            (_hashes[stale], _shares[stale], _squares[stale]) = (0, 0, 0);
        }

        _newest = Math.Max(_newest, index);
    }

    private long IndexOf(DateTimeOffset at) => at.UtcTicks / _bucket.Ticks;
}
