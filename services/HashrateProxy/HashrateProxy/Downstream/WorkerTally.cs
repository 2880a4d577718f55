using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// What one worker sent: for display and for estimates, never for money. Guarded by its worker's lock.
/// </summary>
internal sealed class WorkerTally(DateTimeOffset startedAt)
{
    private readonly WorkWindow _window = new(startedAt);
    private readonly long[] _sharesByVerdict = new long[Enum.GetValues<ShareVerdict>().Length];

    public DateTimeOffset? LastShareAt { get; private set; }

    public void Count(ShareVerdict verdict, Work work, DateTimeOffset at)
    {
        _sharesByVerdict[(int)verdict]++;
        if (verdict == ShareVerdict.Accepted)
        {
            LastShareAt = at;
            _window.Add(work, at);
        }
    }

    /// <summary>One that has work and sends nothing does nothing, whatever it did before.</summary>
    /// <param name="assumed">What it is taken for until its shares say more.</param>
    /// <param name="workingSince">When it was put to work; null while it has none.</param>
    /// <param name="now">The time of day.</param>
    public Hashrate Rate(Hashrate assumed, DateTimeOffset? workingSince, DateTimeOffset now)
    {
        var heardAt = LastShareAt > workingSince ? LastShareAt : workingSince;
        if (now - heardAt > PaceKeeper.SilenceLimit)
        {
            return Hashrate.Zero;
        }

        var reading = _window.Read(WorkWindow.Longest, now);
        return reading.Shares >= PaceKeeper.MinShares ? reading.Hashrate : assumed;
    }

    public WorkerSnapshot Snapshot(Difficulty difficulty, DateTimeOffset now)
    {
        var accepted = _sharesByVerdict[(int)ShareVerdict.Accepted];
        return new WorkerSnapshot(_window.ReadShown(now), difficulty, accepted, _sharesByVerdict.Sum() - accepted);
    }
}

internal sealed record WorkerSnapshot(
    IReadOnlyList<WindowReading> Shown, Difficulty Difficulty, long AcceptedShares, long RejectedShares);
