using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>A machine of the simulation: how fast it is, and how fast its last minutes of shares say it is.</summary>
internal sealed class SimulatedMachine(long key, long gigahashesPerSecond, Random random)
{
    private const ulong HashesPerGigahash = 1_000_000_000;

    private readonly Queue<(int Shares, long Gigahashes)> _window = new();
    private readonly Queue<DateTimeOffset> _switchedAt = new();
    private ContractId? _place;
    private DateTimeOffset _assignedAt = SimulatedFleet.StartAt;
    private DateTimeOffset _connectedFrom = SimulatedFleet.StartAt;

    public long Key => key;

    public long GigahashesPerSecond => gigahashesPerSecond;

    public int Switches { get; private set; }

    /// <summary>Steps in which it was connected.</summary>
    public int Steps { get; private set; }

    public bool IsConnected(DateTimeOffset now) => now >= _connectedFrom;

    /// <summary>Goes, and comes back as a new connection of which nothing is known.</summary>
    public void Leave(DateTimeOffset backAt)
    {
        (_place, _assignedAt, _connectedFrom) = (null, backAt, backAt);
        _window.Clear();
        _switchedAt.Clear();
    }

    public AllocatableWorker Seen(DateTimeOffset now, long assumedGigahashesPerSecond)
    {
        while (_switchedAt.TryPeek(out var oldest) && now - oldest > TimeSpan.FromHours(1))
        {
            _switchedAt.Dequeue();
        }

        var measured = _window.Sum(step => step.Shares) >= PaceKeeper.MinShares
            ? _window.Sum(step => step.Gigahashes) / (long)(_window.Count * SimulatedFleet.Step).TotalSeconds
            : assumedGigahashesPerSecond;
        var rate = new Hashrate((UInt128)measured * HashesPerGigahash);
        return new AllocatableWorker(key, rate, _place, _assignedAt, _switchedAt.Count);
    }

    /// <returns>Whether it was moved.</returns>
    public bool Place(ContractId? place, DateTimeOffset now)
    {
        if (place == _place)
        {
            return false;
        }

        (_place, _assignedAt) = (place, now);
        _switchedAt.Enqueue(now);
        Switches++;
        return true;
    }

    public (int Shares, long Gigahashes) Hash(TimeSpan time, int sharesPerMinute)
    {
        var shares = 0;
        var limit = Math.Exp(-time.TotalMinutes * sharesPerMinute);
        for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
        {
            shares++;
        }

        var hashed = (shares, shares * gigahashesPerSecond * 60 / sharesPerMinute);
        Steps++;
        _window.Enqueue(hashed);
        if (_window.Count > WorkWindow.Longest / SimulatedFleet.Step)
        {
            _window.Dequeue();
        }

        return hashed;
    }
}
