namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// Work in equal buckets of time, the oldest given up for the newest. Sixteen bytes a bucket: work is kept in grains,
/// of which the first share is worth some millions, so that nothing is lost that a display or an estimate could show.
/// Guarded by its owner's lock.
/// </summary>
internal sealed class WorkRing
{
    /// <summary>The first share's worth in grains has so many bits; a bucket takes 2^39 such shares.</summary>
    private const int GrainBits = 24;

    private readonly TimeSpan _bucket;
    private readonly long _startedTicks;
    private readonly Bucket[] _buckets;
    private long _newest;
    private int _newestSlot;
    private long _newestEndTicks;
    private int _grainShift = -1;

    /// <param name="startedAt">Before it there is nothing.</param>
    /// <param name="longest">The longest window that can be read.</param>
    /// <param name="bucket">How finely a window's start is cut.</param>
    public WorkRing(DateTimeOffset startedAt, TimeSpan longest, TimeSpan bucket)
    {
        (_startedTicks, _bucket) = (startedAt.UtcTicks, bucket);
        _buckets = new Bucket[(int)(longest / bucket) + 1];
        BeginAt(IndexOf(_startedTicks));
    }

    public void Add(Work work, DateTimeOffset at)
    {
        if (_grainShift < 0)
        {
            _grainShift = Math.Max(0, (int)UInt128.Log2(UInt128.Max(1, work.Hashes)) - GrainBits);
        }

        Advance(at.UtcTicks);
        var grains = (ulong)(work.Hashes >> _grainShift);
        ref var newest = ref _buckets[_newestSlot];
        newest.Grains += grains;
        newest.Shares++;
        newest.Squares += (float)grains * grains;
    }

    /// <summary>The window that ends now, or since the start where that is shorter.</summary>
    public WindowReading Read(TimeSpan window, DateTimeOffset now)
    {
        Advance(now.UtcTicks);
        var from = Math.Max(IndexOf(now.UtcTicks - window.Ticks) + 1, IndexOf(_startedTicks));
        UInt128 grains = 0;
        var (shares, squares) = (0, 0.0);
        for (var index = from; index <= _newest; index++)
        {
            var bucket = _buckets[index % _buckets.Length];
            grains += bucket.Grains;
            shares += bucket.Shares;
            squares += bucket.Squares;
        }

        var startAt = new DateTimeOffset(Math.Max(from * _bucket.Ticks, _startedTicks), TimeSpan.Zero);
        var hashes = grains << Math.Max(0, _grainShift);
        return new WindowReading(new Work(hashes), shares, startAt, now)
        {
            EffectiveShares = squares > 0 ? (double)grains * (double)grains / squares : 0,
        };
    }

    private void Advance(long ticks)
    {
        if (ticks < _newestEndTicks)
        {
            return;
        }

        var index = IndexOf(ticks);
        for (var skipped = Math.Max(_newest + 1, index - _buckets.Length + 1); skipped <= index; skipped++)
        {
            _buckets[skipped % _buckets.Length] = default;
        }

        BeginAt(index);
    }

    private void BeginAt(long index) => (_newest, _newestSlot, _newestEndTicks) =
        (index, (int)(index % _buckets.Length), (index + 1) * _bucket.Ticks);

    private long IndexOf(long ticks) => ticks / _bucket.Ticks;

    private struct Bucket
    {
        public ulong Grains;
        public int Shares;
        public float Squares;
    }
}
