using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Whom a worker hashes for: a contract, or the rig's owner. It keeps its destinations connected and says which one
/// counts now. Guarded by its router's lock.
/// </summary>
internal sealed class WorkSource(ContractId? contractId, Hashrate promised, ContractMeter meter) : IAsyncDisposable
{
    /// <summary>How long a better destination must have been ready before work goes back to it.</summary>
    public static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A fresh list of destinations gives its first one so long to answer before a lower one is taken.
    /// </summary>
    public static readonly TimeSpan FirstChoiceTime = TimeSpan.FromSeconds(2);

    private readonly List<DestinationUpstreams> _destinations = [];
    private DateTimeOffset _firstAskedAt = DateTimeOffset.MaxValue;
    private DestinationUpstreams? _active;

    /// <summary>Null for the owner's own pools.</summary>
    public ContractId? ContractId => contractId;

    /// <summary>What its destinations must be fit for; for the owner's own pools the nameplate.</summary>
    public Hashrate Promised => promised;

    public ContractMeter Meter => meter;

    public DateTimeOffset? FirstJobAt { get; set; }

    public IReadOnlyList<DestinationUpstreams> Destinations => _destinations;

    /// <summary>Who is at fault while no destination works.</summary>
    public Fault Fault => new[] { Fault.Marketplace, Fault.Renter, Fault.Seller }
        .Where(fault => _destinations.Exists(destination => destination.Fault == fault))
        .FirstOrDefault(Fault.Pool);

    /// <summary>
    /// Connects to destinations that are new and lets go of those that are gone; the rest keeps its connections,
    /// whatever its new priority.
    /// </summary>
    public void Replace(IReadOnlyList<PoolTarget> targets, Func<PoolTarget, Upstream> connect)
    {
        foreach (var gone in _destinations.FindAll(known => !targets.Any(known.Target.IsSamePool)))
        {
            _destinations.Remove(gone);
            gone.CloseSoon();
        }

        foreach (var target in targets)
        {
            if (_destinations.Find(known => known.Target.IsSamePool(target)) is { } known)
            {
                known.Target = target;
            }
            else
            {
                _destinations.Add(new DestinationUpstreams(target, connect));
            }
        }

        _destinations.Sort((left, right) => left.Target.Priority.CompareTo(right.Target.Priority));
    }

    /// <summary>
    /// The destination to hash for: the best one that is ready. A better one that comes back must stay ready for a
    /// while first.
    /// </summary>
    public DestinationUpstreams? Active(DateTimeOffset now)
    {
        var best = _destinations.Find(destination => destination.IsReady);
        var mayStay = _active is { IsReady: true } && _destinations.Contains(_active);
        _firstAskedAt = now < _firstAskedAt ? now : _firstAskedAt;
        if (!mayStay && best != _destinations.FirstOrDefault() && now - _firstAskedAt < FirstChoiceTime)
        {
            return null;
        }

        if (!mayStay || (best != _active && best is not null && now - best.ReadyAt >= ReturnAfter))
        {
            _active = best;
        }

        return _active;
    }

    /// <summary>
    /// Where this worker hashes for it: on the active destination, or on the next best one when it does not fit there.
    /// </summary>
    public Upstream? UpstreamFor(WorkerConnection worker, DateTimeOffset now)
    {
        if (Active(now) is not { } active)
        {
            return null;
        }

        return active.SeatFor(worker)
            ?? (active.TryFit(worker, now) ? active.SeatFor(worker) : null)
            ?? _destinations.Where(destination => destination != active && destination.IsReady)
                .Select(destination => destination.SeatFor(worker))
                .FirstOrDefault(upstream => upstream is not null);
    }

    /// <summary>
    /// Leaves a destination that works but must not be worked for. An owner's only pool is not left: whatever it does,
    /// his machines would have nothing else to do.
    /// </summary>
    /// <returns>False when nothing is left.</returns>
    public bool TryLeave(Upstream upstream, PoolComplaint complaint, DateTimeOffset now)
    {
        if (_destinations.Find(destination => destination.Upstreams.Contains(upstream)) is not { } left
            || IsLastResort(left))
        {
            return false;
        }

        left.Leave(complaint, now);
        return true;
    }

    /// <summary>Workers wait for a pool to become harder.</summary>
    public bool IsHeldBack => _destinations.Exists(destination => destination.IsHeldBack);

    public void KeepConnected(DateTimeOffset now) =>
        _destinations.ForEach(destination => destination.KeepConnected(now, IsLastResort(destination)));

    /// <summary>From a contract's pools one goes to the owner's; from the owner's last one nowhere.</summary>
    private bool IsLastResort(DestinationUpstreams destination) =>
        contractId is null && !_destinations.Exists(other => other != destination && other.IsReady);

    public override string ToString() => contractId is { } contract ? $"contract {contract}" : "the owner";

    public async ValueTask DisposeAsync()
    {
        foreach (var destination in _destinations)
        {
            await destination.DisposeAsync();
        }
    }
}
