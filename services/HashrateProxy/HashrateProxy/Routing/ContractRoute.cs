using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.Ordering;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>One contract on this node, from the day it is known to the day its last minute is sealed.</summary>
internal sealed class ContractRoute(ContractChanged desired, WorkSource source, string nodeName)
{
    /// <summary>Late shares of the last jobs are honoured for so long after the end.</summary>
    public static readonly TimeSpan LateShareGrace = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The renter's pool is connected so long before the start, so that no second of the contract is lost to it.
    /// </summary>
    public static readonly TimeSpan ConnectAhead = TimeSpan.FromSeconds(30);

    public ContractId Id { get; } = new(desired.ContractId);

    public ContractChanged Desired { get; private set; } = desired;

    public WorkSource Source => source;

    /// <summary>The renter's pools, opened; best first.</summary>
    public IReadOnlyList<PoolTarget> Destinations { get; set; } = [];

    public bool IsPoolAttested { get; } = Algorithm.Named(desired.Algorithm).IsPoolAttested;

    /// <summary>Of the whole contract, on all nodes.</summary>
    public Hashrate Rate => new(Desired.HashesPerSecond);

    public SplitHistory Splits { get; } = new(nodeName);

    /// <summary>Whether anything of it was ever this node's business.</summary>
    public bool TookPart => Splits.HadPart || source.Meter.NewestMinuteAt is not null || LastSequence > 0;

    /// <summary>The next minute that has no sealed reading yet.</summary>
    public DateTimeOffset NextMinuteAt { get; set; } = Minutes.Floor(desired.StartAt);

    public long LastSequence { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    public bool IsSealed { get; set; }

    /// <summary>
    /// Nothing that counts comes any more: the grace is over, and no pool owes an answer that could credit a share. One
    /// that says nothing is not waited for longer than its connection stays.
    /// </summary>
    public bool IsCounted(DateTimeOffset now) => ReleasedAt is { } releasedAt
        && now >= releasedAt + LateShareGrace
        && (source.Meter.AwaitedShares == 0 || now >= releasedAt + LateShareGrace + Upstream.LingerTime);

    public bool TryUpdate(ContractChanged desired)
    {
        if (desired.Version <= Desired.Version)
        {
            return false;
        }

        Desired = desired;
        return true;
    }

    public bool IsDue(DateTimeOffset now) => now >= Desired.StartAt && now < Desired.EndAt;

    public bool MayConnect(DateTimeOffset now) =>
        now >= Desired.StartAt - ConnectAhead && now < Desired.EndAt && Splits.HadPart;

    /// <summary>This node's part of the hashrate.</summary>
    public Hashrate PartAt(DateTimeOffset at) => Splits.PartAt(at).Of(Rate);

    /// <summary>The work promised of this node from the start until now, never past the end.</summary>
    public Work PromisedSoFar(DateTimeOffset now) => Promised(Desired.StartAt, now);

    /// <summary>The work promised of this node in [from, to), as far as the contract runs then.</summary>
    public Work Promised(DateTimeOffset from, DateTimeOffset to) => Splits.Promised(
        Rate, from > Desired.StartAt ? from : Desired.StartAt, to < Desired.EndAt ? to : Desired.EndAt);

    /// <summary>An event kept the fleet away in [from, to); only the part in which the contract ran counts.</summary>
    public void CountDowntime(Fault fault, DateTimeOffset from, DateTimeOffset to)
    {
        if (Splits.HadPart)
        {
            source.Meter.AddDowntime(
                fault, from > Desired.StartAt ? from : Desired.StartAt, to < Desired.EndAt ? to : Desired.EndAt);
        }
    }

    /// <summary>
    /// After a restart fewer shares are known than were counted: then it is what the budget gives, where it is ours.
    /// </summary>
    public ContractDemand DemandAt(DateTimeOffset now) => new(
        Id,
        PartAt(now),
        PromisedSoFar(Desired.EndAt),
        PromisedSoFar(now),
        source.Meter.Proved,
        IsPoolAttested
            ? source.Meter.AcceptedShares
            : Math.Max(source.Meter.AcceptedShares, WorkerPace.SharesOfContract(now - Desired.StartAt)));
}
