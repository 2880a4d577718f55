using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Journal;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Carries out the allocator's plan: every worker is given a job of the source it is meant for, or of its owner's pool
/// where that source has none for it. Guarded by its router's lock.
/// </summary>
internal sealed class WorkerPlacer(RigRoutes routes, Hashrate nameplate, RouterServices services)
{
    public void Place(IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        var served = routes.Served(now).ToList();
        if (served.Count == 0)
        {
            PlaceAtHome(workers, now);
            return;
        }

        var ready = workers.Where(worker => worker.IsReady).ToList();
        var places = Allocator.Plan(
            Connected(workers, now),
            served.ConvertAll(route => route.DemandAt(now)),
            services.Policy,
            now);
        foreach (var worker in ready)
        {
            var source = routes.SourceOf(places[worker.Key]);
            if (!TryPoint(worker, source, now) && (source == routes.Own || !TryPoint(worker, routes.Own, now)))
            {
                worker.Wait(now);
            }
        }
    }

    /// <summary>Gives a worker something to do where no contract could want it; else it waits to be placed.</summary>
    public void Welcome(WorkerConnection worker, DateTimeOffset now)
    {
        if (!routes.Served(now).Any())
        {
            PlaceAtHome([worker], now);
        }
    }

    private void PlaceAtHome(IReadOnlyList<WorkerConnection> workers, DateTimeOffset now)
    {
        foreach (var worker in workers)
        {
            if (worker.IsReady && !TryPoint(worker, routes.Own, now))
            {
                worker.Wait(now);
            }
        }
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

    private bool TryPoint(WorkerConnection worker, WorkSource source, DateTimeOffset now)
    {
        if (source.UpstreamFor(worker, now) is not { CurrentJob: { } job } upstream)
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
