using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Journal;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Carries out the allocator's plan: every worker is given a job of the source it is meant for, or of its owner's pool
/// where that source has none for it. Guarded by its router's lock.
/// </summary>
internal sealed class WorkerPlacer(
    RigRoutes routes, Algorithm algorithm, Hashrate nameplate, RouterServices services)
{
    /// <summary>
    /// Where everybody hashes when no contract wants anybody; null when somebody is elsewhere, or waits.
    /// </summary>
    private DestinationUpstreams? _home;

    /// <summary>Nothing would change by placing everybody anew, unless something has happened.</summary>
    public bool IsSettled(DateTimeOffset now) =>
        _home is { IsReady: true } && routes.Own.Active(now) == _home && !routes.Served(now).Any();

    public void Place(IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        _home = null;
        var served = routes.Served(now).ToList();
        if (served.Count == 0)
        {
            _home = PlaceAtHome(workers, now) ? routes.Own.Active(now) : null;
            return;
        }

        var ready = workers.Where(worker => worker.IsReady).Zip(Connected(workers, now)).ToList();
        var places = Allocator.Plan(
            ready.ConvertAll(one => one.Second),
            served.ConvertAll(route => route.DemandAt(now)),
            services.Policy,
            now);
        var ramp = new Ramp(algorithm);
        foreach (var (worker, seen) in routes.IsAnyHeldBack ? ThoseWhoStayFirst(ready, places) : ready)
        {
            var source = routes.SourceOf(places[worker.Key]);
            if (!TryPoint(worker, seen.Rate, source, ramp, now)
                && (source == routes.Own || !TryPoint(worker, seen.Rate, routes.Own, ramp, now)))
            {
                worker.Wait(now);
            }
        }

        routes.WatchRamps(ramp, now);
    }

    /// <summary>Gives a worker something to do where no contract could want it; else it waits to be placed.</summary>
    public void Welcome(WorkerConnection worker, DateTimeOffset now)
    {
        if (!routes.Served(now).Any())
        {
            _home = PlaceAtHome([worker], now) ? _home : null;
        }
    }

    /// <returns>True when every one of them hashes.</returns>
    private bool PlaceAtHome(IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var ramp = new Ramp(algorithm);
        foreach (var worker in workers)
        {
            if (worker.IsReady && !TryPoint(worker, Hashrate.Zero, routes.Own, ramp, now))
            {
                worker.Wait(now);
            }
        }

        routes.WatchRamps(ramp, now);
        return workers.All(worker => worker.CurrentUpstream is { } upstream
            && routes.Own.Active(now)?.Upstreams.Contains(upstream) == true);
    }

    /// <summary>Those that may be given work, with their hashrates.</summary>
    public IReadOnlyList<AllocatableWorker> Connected(IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var partOfNameplate = new Hashrate(nameplate.HashesPerSecond / (UInt128)Math.Max(1, workers.Count));
        return
        [
            .. workers.Where(worker => worker.IsReady)
                .Select(worker => worker.ToAllocatable(now, partOfNameplate)),
        ];
    }

    /// <summary>Where there is no room for all, nobody who hashes there gives way to one who does not yet.</summary>
    private static IEnumerable<(WorkerConnection Worker, AllocatableWorker Seen)> ThoseWhoStayFirst(
        IEnumerable<(WorkerConnection Worker, AllocatableWorker Seen)> ready,
        IReadOnlyDictionary<long, ContractId?> places) =>
        ready.OrderBy(one => one.Seen.WorkingFor == places[one.Worker.Key] ? 0 : 1);

    private bool TryPoint(
        WorkerConnection worker, Hashrate rate, WorkSource source, Ramp ramp, DateTimeOffset now)
    {
        if (source.UpstreamFor(worker, now) is not { CurrentJob: { } job } upstream
            || !ramp.TryAdd(source, upstream, job.Difficulty, rate))
        {
            if (worker.Source is not null && worker.Source == source)
            {
                worker.Wait(now);
            }

            return source == routes.Own && worker.Source is null;
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
}
