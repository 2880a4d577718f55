using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Nodes;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Messages.Catalog;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Decides for one rig which worker hashes for whom, and moves workers by giving them another pool's job. Everything
/// happens under one lock and nothing in it waits: lines are only appended to outboxes.
/// </summary>
internal sealed class RigRouter : IUpstreamObserver, IAsyncDisposable
{
    /// <summary>
    /// A fleet that comes or goes all at once is placed by the clock: placing it anew for each worker would take the
    /// square of it.
    /// </summary>
    private static readonly TimeSpan PlacingInterval = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan PacingInterval = TimeSpan.FromSeconds(1);

    /// <summary>From so many workers on a new job is given by all processors at once.</summary>
    private const int LargeFleet = 500;

    private const int WorkersPerTurn = 50;

    private readonly Lock _gate = new();
    private readonly List<WorkerConnection> _workers = [];
    private readonly Dictionary<WorkSource, int> _teams = [];
    private readonly TimeProvider _time;
    private readonly RigRoutes _routes;
    private readonly WorkerPlacer _placer;
    private DateTimeOffset _placedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _pacedAt = DateTimeOffset.MinValue;

    public RigRouter(RigChanged rig, RouterServices services)
    {
        RigId = new RigId(rig.RigId);
        SellerId = new OrganisationId(rig.SellerId);
        Algorithm = Algorithm.Named(rig.Algorithm);
        Nameplate = new Hashrate(rig.NameplateHashesPerSecond);
        _time = services.Time;
        _routes = new RigRoutes(Algorithm, Nameplate, this, services);
        _placer = new WorkerPlacer(_routes, Algorithm, Nameplate, services);
    }

    public RigId RigId { get; }

    public OrganisationId SellerId { get; }

    public Algorithm Algorithm { get; }

    public Hashrate Nameplate { get; }

    public RigMeter Meter { get; } = new();

    public void SetOwnPools(long version, IReadOnlyList<PoolTarget> pools)
    {
        lock (_gate)
        {
            if (_routes.TrySetOwnPools(version, pools))
            {
                Place(_time.GetUtcNow());
            }
        }
    }

    /// <param name="contract">As it is now; an older version than the known one changes nothing.</param>
    /// <param name="destinations">Its pools, opened.</param>
    /// <param name="isRestored">True for a contract that this node served before it went away.</param>
    public void SetContract(SharedContract contract, IReadOnlyList<PoolTarget> destinations, bool isRestored)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_routes.TrySetContract(contract, destinations, isRestored, now))
            {
                Advance(now, hasNews: true);
            }
        }
    }

    /// <summary>How the nodes share a contract from now on.</summary>
    public void Share(ContractId contractId, IReadOnlyCollection<ContractSplit> splits)
    {
        lock (_gate)
        {
            _routes.Share(contractId, splits);
        }
    }

    /// <summary>The other nodes take this one for dead from this minute on.</summary>
    public void StandAside(DateTimeOffset fromAt)
    {
        lock (_gate)
        {
            _routes.StandAside(fromAt);
        }
    }

    /// <summary>What all workers here do, or are taken to do until they have sent enough.</summary>
    public Hashrate ConnectedHashrate(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _placer.Connected(_workers, now).Select(worker => worker.Rate)
                .Aggregate(Hashrate.Zero, (sum, rate) => sum + rate);
        }
    }

    public void Join(WorkerConnection worker)
    {
        lock (_gate)
        {
            worker.Join(RigId);
            _workers.Add(worker);
            PlaceSoon(worker);
        }
    }

    public void Leave(WorkerConnection worker)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _workers.Remove(worker);
            worker.Leave(now);
            PlaceSoon(null);
        }
    }

    /// <summary>The clock: starts and ends contracts, fails over, paces workers.</summary>
    public void Tick(DateTimeOffset now)
    {
        lock (_gate)
        {
            _routes.CountDowntime(now);
            Advance(now, hasNews: false);
            _routes.Own.Meter.DropMinutesBefore(Minutes.Floor(now));
            if (now - _pacedAt >= PacingInterval)
            {
                KeepPace(now);
            }
        }
    }

    public void StateChanged(Upstream upstream)
    {
        lock (_gate)
        {
            Place(_time.GetUtcNow());
        }
    }

    public void Complained(Upstream upstream, PoolComplaint complaint)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            _routes.Leave(upstream, complaint, now);
            Place(now);
        }
    }

    public void JobArrived(Upstream upstream, UpstreamJob job)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            Place(now);
            if (_workers.Count < LargeFleet)
            {
                Give(upstream, job, 0, _workers.Count, now);
            }
            else
            {
                // Each worker has a lock of its own, and its lines are sent by whoever makes them.
                Parallel.ForEach(
                    Partitioner.Create(0, _workers.Count, WorkersPerTurn),
                    turn => Give(upstream, job, turn.Item1, turn.Item2, now));
            }
        }
    }

    /// <summary>Under the lock: for views and for sealing, which must see one moment.</summary>
    public TResult Read<TResult>(
        Func<IReadOnlyList<WorkerConnection>, IReadOnlyCollection<ContractRoute>, TResult> read)
    {
        lock (_gate)
        {
            return read(_workers, _routes.All);
        }
    }

    /// <summary>The contracts of this rig as they are now.</summary>
    public IReadOnlyList<ContractRoute> Routes => Read((_, routes) => routes.ToList());

    /// <summary>A contract whose last minute is sealed is forgotten, and its connections are closed.</summary>
    public void Forget(ContractRoute route)
    {
        lock (_gate)
        {
            _routes.Forget(route);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var sources = Read((_, _) => _routes.Sources.ToList());
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }

    private void Give(Upstream upstream, UpstreamJob job, int from, int to, DateTimeOffset now)
    {
        for (var at = from; at < to; at++)
        {
            var worker = _workers[at];
            if (worker.CurrentUpstream == upstream && worker.CurrentPoolJob != job)
            {
                worker.Give(job, job.Job.IsClean, now);
            }
        }
    }

    private void KeepPace(DateTimeOffset now)
    {
        _pacedAt = now;
        _teams.Clear();
        foreach (var worker in _workers)
        {
            if (worker.Source is { } source)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_teams, source, out _)++;
            }
        }

        foreach (var worker in _workers)
        {
            var team = worker.Source is { } source ? _teams[source] : 1;
            worker.KeepPace(now, WorkerPace.SharesPerMinute(team));
        }
    }

    private void Advance(DateTimeOffset now, bool hasNews)
    {
        _routes.KeepConnected(now);
        if (hasNews || !_placer.IsSettled(now))
        {
            Place(now);
        }

        _routes.ReleaseThoseThatEnded(now);
    }

    private void Place(DateTimeOffset now)
    {
        _placedAt = now;
        _placer.Place(_workers, now);
    }

    /// <param name="arrived">A new worker; null when one has left.</param>
    private void PlaceSoon(WorkerConnection? arrived)
    {
        var now = _time.GetUtcNow();
        if (now - _placedAt >= PlacingInterval)
        {
            Place(now);
        }
        else if (arrived is not null)
        {
            _placer.Welcome(arrived, now);
        }
    }
}
