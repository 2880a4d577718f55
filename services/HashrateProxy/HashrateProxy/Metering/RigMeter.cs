using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>What a whole rig does, whoever it works for: its measured hashrate comes from here.</summary>
internal sealed class RigMeter(DateTimeOffset startedAt)
{
    private readonly Lock _gate = new();
    private readonly WorkWindow _window = new(startedAt);
    private readonly Dictionary<DateTimeOffset, (UInt128 Accepted, UInt128 Rejected)> _openMinutes = [];

    public void Count(ShareVerdict verdict, Work work, DateTimeOffset at)
    {
        lock (_gate)
        {
            var minuteAt = Minutes.Floor(at);
            var (accepted, rejected) = _openMinutes.GetValueOrDefault(minuteAt);
            if (verdict == ShareVerdict.Accepted)
            {
                _window.Add(work, at);
                _openMinutes[minuteAt] = (accepted + work.Hashes, rejected);
            }
            else
            {
                _openMinutes[minuteAt] = (accepted, rejected + work.Hashes);
            }
        }
    }

    /// <summary>Takes the closed minutes out, oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset MinuteAt, UInt128 Accepted, UInt128 Rejected)> TakeMinutesBefore(
        DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            var closed = _openMinutes.Where(pair => pair.Key < minuteAt).OrderBy(pair => pair.Key).ToList();
            closed.ForEach(pair => _openMinutes.Remove(pair.Key));
            return [.. closed.Select(pair => (pair.Key, pair.Value.Accepted, pair.Value.Rejected))];
        }
    }

    public (WindowReading OneMinute, WindowReading FiveMinutes) Read(DateTimeOffset now)
    {
        lock (_gate)
        {
            return (_window.Read(TimeSpan.FromMinutes(1), now), _window.Read(WorkWindow.Longest, now));
        }
    }
}
