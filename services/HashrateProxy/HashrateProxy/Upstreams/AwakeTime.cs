namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Time as this node lived it. A node that gets no processor, or stops to collect its garbage, hears nothing
/// meanwhile: that is not the others' silence, and must not be counted as such. The node's clock beats; where a beat
/// comes late, the time until it was slept through.
/// </summary>
internal sealed class AwakeTime
{
    /// <summary>A beat that is later than this was missed; beats are due four times as often.</summary>
    public static readonly TimeSpan LatestBeat = TimeSpan.FromSeconds(1);

    /// <summary>Remembered; far more would fit into no limit that is measured by them.</summary>
    private const int MaxSleeps = 256;

    private readonly Lock _gate = new();
    private readonly Queue<(DateTimeOffset From, DateTimeOffset To)> _sleeps = new();
    private DateTimeOffset _lastBeatAt = DateTimeOffset.MaxValue;

    /// <returns>The sleep that ends with this beat; null when it came in time.</returns>
    public (DateTimeOffset From, DateTimeOffset To)? Beat(DateTimeOffset now)
    {
        lock (_gate)
        {
            var before = _lastBeatAt;
            _lastBeatAt = now;
            if (now - before <= LatestBeat)
            {
                return null;
            }

            _sleeps.Enqueue((before, now));
            if (_sleeps.Count > MaxSleeps)
            {
                _sleeps.Dequeue();
            }

            return (before, now);
        }
    }

    /// <summary>
    /// How much of [from, to) the node was awake for; a beat that is overdue by then is a sleep already.
    /// </summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            var asleep = _sleeps.Aggregate(
                TimeSpan.Zero, (sum, sleep) => sum + Overlap(sleep.From, sleep.To, from, to));
            return to - from - asleep
                - (to - _lastBeatAt > LatestBeat ? Overlap(_lastBeatAt, to, from, to) : TimeSpan.Zero);
        }
    }

    private static TimeSpan Overlap(
        DateTimeOffset startAt, DateTimeOffset endAt, DateTimeOffset from, DateTimeOffset to)
    {
        var overlap = (endAt < to ? endAt : to) - (startAt > from ? startAt : from);
        return overlap > TimeSpan.Zero ? overlap : TimeSpan.Zero;
    }
}
