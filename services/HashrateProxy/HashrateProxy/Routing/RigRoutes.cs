using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Upstreams;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Whom one rig may hash for: its contracts, and its owner's pools when no contract wants it. Keeps their upstreams
/// connected. Guarded by its router's lock.
/// </summary>
internal sealed class RigRoutes(
    Algorithm algorithm, Hashrate nameplate, IUpstreamObserver observer, RouterServices services)
{
    private readonly Dictionary<ContractId, ContractRoute> _routes = [];
    private long _ownPoolsVersion;
    private DateTimeOffset _downtimeCountedTo = services.Time.GetUtcNow();

    /// <summary>The owner's own pools.</summary>
    public WorkSource Own { get; } = new(null, nameplate, new ContractMeter(services.Time.GetUtcNow()));

    public IReadOnlyCollection<ContractRoute> All => _routes.Values;

    public IEnumerable<WorkSource> Sources => _routes.Values.Select(route => route.Source).Append(Own);

    /// <summary>Workers wait for a renter's pool to become harder.</summary>
    public bool IsAnyHeldBack => _routes.Values.Any(route => route.Source.IsHeldBack);

    /// <summary>The source behind a place of the allocator's plan.</summary>
    public WorkSource SourceOf(ContractId? place) => place is { } contract ? _routes[contract].Source : Own;

    /// <summary>The contracts that are due and have a pool that works, oldest first.</summary>
    public IEnumerable<ContractRoute> Served(DateTimeOffset now) => _routes.Values
        .Where(route => route.IsDue(now) && route.Source.Active(now) is not null)
        .OrderBy(route => route.Desired.StartAt)
        .ThenBy(route => route.Id.Value);

    /// <returns>False for an older list than the known one.</returns>
    public bool TrySetOwnPools(long version, IReadOnlyList<PoolTarget> pools)
    {
        if (version <= _ownPoolsVersion)
        {
            return false;
        }

        _ownPoolsVersion = version;
        Connect(Own, pools);
        return true;
    }

    /// <param name="contract">As it is now.</param>
    /// <param name="destinations">Its pools, opened.</param>
    /// <param name="isRestored">
    /// False for news: what a contract misses because it is heard of after its start is the marketplace's fault.
    /// </param>
    /// <param name="now">When it was heard of.</param>
    /// <returns>False for an older version than the known one.</returns>
    public bool TrySetContract(
        SharedContract contract, IReadOnlyList<PoolTarget> destinations, bool isRestored, DateTimeOffset now)
    {
        var id = new ContractId(contract.Desired.ContractId);
        if (!_routes.TryGetValue(id, out var route))
        {
            var (startAt, promised) = (contract.Desired.StartAt, new Hashrate(contract.Desired.HashesPerSecond));
            var source = new WorkSource(id, promised, new ContractMeter(startAt));
            route = new ContractRoute(contract.Desired, source, services.NodeName);
            _routes.Add(id, route);
            Share(id, contract.Splits);
            if (!isRestored)
            {
                route.CountDowntime(Fault.Marketplace, startAt, now);
            }
        }
        else if (!route.TryUpdate(contract.Desired))
        {
            return false;
        }

        route.Destinations = destinations;
        return true;
    }

    /// <summary>
    /// Connects to the pools of contracts that run or are about to, and lets go of connections nobody needs.
    /// </summary>
    public void KeepConnected(DateTimeOffset now)
    {
        foreach (var route in _routes.Values.Where(route => route.MayConnect(now)))
        {
            Connect(route.Source, route.Destinations);
        }

        foreach (var source in Sources)
        {
            source.KeepConnected(now);
        }
    }

    public void Share(ContractId contractId, IReadOnlyCollection<ContractSplit> splits)
    {
        if (_routes.TryGetValue(contractId, out var route))
        {
            route.Splits.Replace(splits);
        }
    }

    public void StandAside(DateTimeOffset fromAt)
    {
        foreach (var route in _routes.Values)
        {
            route.Splits.StandAside(fromAt);
        }
    }

    /// <summary>The destination behind this upstream is left for a while.</summary>
    public void Leave(Upstream upstream, PoolComplaint complaint, DateTimeOffset now)
    {
        foreach (var source in Sources.Where(source => source.TryLeave(upstream, complaint, now)))
        {
            services.Logger.LogWarning(
                "Pool {Pool} of {Source} is left, by fault of the {Fault}: {Reason}",
                upstream.Target.Url, source, complaint.Fault, complaint.Reason);
        }
    }

    /// <summary>After a placing: a destination that stays too easy for what was promised is left.</summary>
    public void WatchRamps(Ramp ramp, DateTimeOffset now)
    {
        var full = ramp.Full.ToHashSet();
        foreach (var destination in _routes.Values.SelectMany(route => route.Source.Destinations))
        {
            if (destination.WatchRamp(full, now) is { CurrentJob.Difficulty: var difficulty } tooEasy)
            {
                Leave(tooEasy, new PoolComplaint(Fault.Renter, $"its difficulty of {difficulty} stays too low"), now);
            }
        }
    }

    /// <summary>Notes that the workers of contracts which are over were let go.</summary>
    public void ReleaseThoseThatEnded(DateTimeOffset now)
    {
        foreach (var route in _routes.Values.Where(route => now >= route.Desired.EndAt))
        {
            route.ReleasedAt ??= now;
        }
    }

    /// <summary>The time since the last call counts against whoever left a contract without a pool.</summary>
    public void CountDowntime(DateTimeOffset now)
    {
        foreach (var route in _routes.Values)
        {
            if (route.Source.Active(now) is null)
            {
                route.CountDowntime(route.Source.Fault, _downtimeCountedTo, now);
            }
            else if (route.Source.IsHeldBack)
            {
                route.CountDowntime(Fault.Renter, _downtimeCountedTo, now);
            }
        }

        _downtimeCountedTo = now;
    }

    /// <summary>A contract whose last minute is sealed: its connections are closed.</summary>
    public void Forget(ContractRoute route)
    {
        Connect(route.Source, []);
        _routes.Remove(route.Id);
    }

    private void Connect(WorkSource source, IReadOnlyList<PoolTarget> targets) =>
        source.Replace(targets, target => services.Upstreams.Connect(source, target, algorithm, observer));
}
