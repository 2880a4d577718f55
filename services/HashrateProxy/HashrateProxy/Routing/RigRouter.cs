using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Journal;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.Catalog;
using Marketplace.Messages.Ordering;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Decides for one rig which worker hashes for whom, and moves workers by giving them another pool's job. Everything
/// happens under one lock and nothing in it waits: lines are only appended to outboxes.
/// </summary>
internal sealed class RigRouter(RigChanged rig, RouterServices services) : IUpstreamObserver, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<WorkerConnection> _workers = [];
    private readonly Dictionary<ContractId, ContractRoute> _routes = [];
    private readonly WorkSource _own = new(null, new ContractMeter(services.Time.GetUtcNow()));
    private readonly RigMeter _meter = new(services.Time.GetUtcNow());
    private long _ownPoolsVersion;
    private DateTimeOffset _lastTickAt = services.Time.GetUtcNow();

    public RigId RigId { get; } = new(rig.RigId);

    public OrganisationId SellerId { get; } = new(rig.SellerId);

    public Algorithm Algorithm { get; } = Algorithm.Named(rig.Algorithm);

    public Hashrate Nameplate { get; } = new(rig.NameplateHashesPerSecond);

    public RigMeter Meter => _meter;

    public void SetOwnPools(long version, IReadOnlyList<PoolTarget> pools)
    {
        lock (_gate)
        {
            if (version > _ownPoolsVersion)
            {
                _ownPoolsVersion = version;
                Reconnect(_own, pools);
                Rebalance(services.Time.GetUtcNow());
            }
        }
    }

    /// <param name="contract">As it is now; an older version than the known one changes nothing.</param>
    /// <param name="destinations">Its pools, opened.</param>
    /// <param name="isRestored">
    /// False for news: what a contract misses because it is heard of after its start is the marketplace's fault.
    /// </param>
    public void SetContract(ContractChanged contract, IReadOnlyList<PoolTarget> destinations, bool isRestored)
    {
        lock (_gate)
        {
            var now = services.Time.GetUtcNow();
            var id = new ContractId(contract.ContractId);
            if (!_routes.TryGetValue(id, out var route))
            {
                route = new ContractRoute(contract, new WorkSource(id, new ContractMeter(contract.StartAt)));
                _routes.Add(id, route);
                if (!isRestored)
                {
                    route.CountDowntime(Fault.Marketplace, contract.StartAt, now);
                }
            }
            else if (!route.TryUpdate(contract))
            {
                return;
            }

            route.Destinations = destinations;
            Advance(now);
        }
    }

    public void Join(WorkerConnection worker)
    {
        lock (_gate)
        {
            _workers.Add(worker);
            Rebalance(services.Time.GetUtcNow());
        }
    }

    public void Leave(WorkerConnection worker)
    {
        lock (_gate)
        {
            _workers.Remove(worker);
            Rebalance(services.Time.GetUtcNow());
        }
    }

    /// <summary>The clock: starts and ends contracts, fails over, paces workers.</summary>
    public void Tick(DateTimeOffset now)
    {
        lock (_gate)
        {
            CountDowntime(now);
            Advance(now);
            _own.Meter.DropMinutesBefore(Minutes.Floor(now));
            foreach (var team in _workers.GroupBy(worker => worker.Source))
            {
                var sharesPerMinute = WorkerPace.SharesPerMinute(team.Count());
                foreach (var worker in team)
                {
                    worker.KeepPace(now, sharesPerMinute);
                }
            }
        }
    }

    public void StateChanged(Upstream upstream)
    {
        lock (_gate)
        {
            Rebalance(services.Time.GetUtcNow());
        }
    }

    public void JobArrived(Upstream upstream, UpstreamJob job)
    {
        lock (_gate)
        {
            var now = services.Time.GetUtcNow();
            Rebalance(now);
            foreach (var worker in _workers)
            {
                if (worker.CurrentUpstream == upstream && worker.CurrentPoolJob != job)
                {
                    worker.Give(job, job.Job.IsClean);
                }
            }
        }
    }

    /// <summary>Under the lock: for views and for sealing, which must see one moment.</summary>
    public TResult Read<TResult>(
        Func<IReadOnlyList<WorkerConnection>, IReadOnlyCollection<ContractRoute>, TResult> read)
    {
        lock (_gate)
        {
            return read(_workers, _routes.Values);
        }
    }

    /// <summary>A contract whose last minute is sealed is forgotten, and its connections are closed.</summary>
    public void Forget(ContractRoute route)
    {
        lock (_gate)
        {
            Reconnect(route.Source, []);
            _routes.Remove(route.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var sources = Read((_, routes) => routes.Select(route => route.Source).Append(_own).ToList());
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }

    private void Advance(DateTimeOffset now)
    {
        foreach (var route in _routes.Values.Where(route => route.MayConnect(now)))
        {
            Reconnect(route.Source, route.Destinations);
        }

        Rebalance(now);
        foreach (var route in _routes.Values.Where(route => now >= route.Desired.EndAt))
        {
            route.ReleasedAt ??= now;
        }
    }

    private void Reconnect(WorkSource source, IReadOnlyList<PoolTarget> targets)
    {
        var rate = source.ContractId is { } contract ? _routes[contract].Rate : Nameplate;
        var suggestion = UpstreamPace.MinimumDifficulty(rate, Algorithm);
        var gone = source.Replace(targets, target => services.Upstreams.Connect(target, Algorithm, suggestion, this));
        foreach (var upstream in gone)
        {
            upstream.CloseSoon();
        }
    }

    private void Rebalance(DateTimeOffset now)
    {
        var served = _routes.Values.Where(route => route.IsDue(now) && route.Source.Active(now) is not null).ToList();
        var places = Allocator.Plan(
            [.. _workers.Where(worker => worker.IsReady).Select(worker => worker.ToAllocatable(now, PartOfNameplate))],
            [.. served.OrderBy(route => route.Desired.StartAt).ThenBy(route => route.Id.Value)
                .Select(route => route.DemandAt(now))],
            services.Policy,
            now);
        foreach (var worker in _workers.Where(worker => worker.IsReady))
        {
            var source = places[worker.Key] is { } contract ? _routes[contract].Source : _own;
            if (!TryPoint(worker, source, now) && (source == _own || !TryPoint(worker, _own, now)))
            {
                worker.Wait(now);
            }
        }
    }

    private bool TryPoint(WorkerConnection worker, WorkSource source, DateTimeOffset now)
    {
        if (source.Active(now) is not { CurrentJob: { } job } upstream || !worker.Fits(upstream))
        {
            if (worker.Source is not null && worker.Source == source)
            {
                worker.Wait(now);
            }

            return source == _own && worker.Source is null;
        }

        if (worker.Source == source && worker.CurrentUpstream == upstream)
        {
            return true;
        }

        if (!worker.Route(source, job, now))
        {
            return false;
        }

        if (source.ContractId is { } contract && source.FirstJobAt is null)
        {
            source.FirstJobAt = now;
            services.Journal.Add(new ContractStartedFact(contract, services.NodeName, now));
        }

        return true;
    }

    /// <summary>What a worker is taken for until it has sent a few shares.</summary>
    private Hashrate PartOfNameplate => new(Nameplate.HashesPerSecond / (UInt128)Math.Max(1, _workers.Count));

    private void CountDowntime(DateTimeOffset now)
    {
        foreach (var route in _routes.Values.Where(route => route.Source.Active(now) is null))
        {
            route.CountDowntime(route.Source.Fault, _lastTickAt, now);
        }

        _lastTickAt = now;
    }
}
