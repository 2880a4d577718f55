using System.Runtime.InteropServices;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Metering;

/// <summary>
/// What a whole rig does, whoever it works for. Its measured hashrate comes from here, and leaves out what machines do
/// before their pace has settled: a start-up says nothing about a fleet. Credited work is counted elsewhere.
/// </summary>
internal sealed class RigMeter
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DateTimeOffset, RigMinuteWork> _openMinutes = [];
    private WorkWindow? _window;

    /// <param name="verdict">What became of the share.</param>
    /// <param name="work">What it proves.</param>
    /// <param name="at">When it came.</param>
    /// <param name="settledAt">When its machine's pace had settled; null before.</param>
    public void Count(ShareVerdict verdict, Work work, DateTimeOffset at, DateTimeOffset? settledAt)
    {
        lock (_gate)
        {
            var minuteAt = Minutes.Floor(at);
            ref var minute = ref CollectionsMarshal.GetValueRefOrAddDefault(_openMinutes, minuteAt, out _);
            var isAccepted = verdict == ShareVerdict.Accepted;
            minute = new RigMinuteWork(
                minuteAt,
                minute.AcceptedHashes + (isAccepted ? work.Hashes : 0),
                minute.SettledHashes + (isAccepted && settledAt <= minuteAt ? work.Hashes : 0),
                minute.RejectedHashes + (isAccepted ? 0 : work.Hashes));
            if (isAccepted && settledAt is not null)
            {
                (_window ??= new WorkWindow(at)).Add(work, at);
            }
        }
    }

    /// <summary>Takes the closed minutes out, oldest first.</summary>
    public IReadOnlyList<RigMinuteWork> TakeMinutesBefore(DateTimeOffset minuteAt)
    {
        lock (_gate)
        {
            var closed = _openMinutes.Values.Where(minute => minute.MinuteAt < minuteAt)
                .OrderBy(minute => minute.MinuteAt).ToList();
            closed.ForEach(minute => _openMinutes.Remove(minute.MinuteAt));
            return closed;
        }
    }

    /// <summary>Every window that is shown.</summary>
    public IReadOnlyList<WindowReading> ReadShown(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _window?.ReadShown(now)
                ?? [.. WorkWindow.Shown.Select(_ => new WindowReading(Work.Zero, 0, now, now))];
        }
    }
}

/// <summary>A rig's work of one minute on this node.</summary>
/// <param name="SettledHashes">The accepted work of machines that had settled before the minute began.</param>
internal readonly record struct RigMinuteWork(
    DateTimeOffset MinuteAt, UInt128 AcceptedHashes, UInt128 SettledHashes, UInt128 RejectedHashes);
