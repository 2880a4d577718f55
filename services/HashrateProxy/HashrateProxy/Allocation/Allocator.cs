namespace Marketplace.HashrateProxy.Allocation;

/// <summary>
/// Decides which worker hashes for which contract. Rates are only estimates, so it is delivered work that moves
/// workers: inside the dead band everyone stays, behind it whole workers that fit are added and then one more as a
/// slice, ahead of it those go home that do not fit. No contract takes a worker from another that runs. Pure.
/// </summary>
internal static class Allocator
{
    /// <summary>
    /// A contract that stays ahead measures less than it gets: it is given this much less of its rate for a while.
    /// </summary>
    private const int FarAheadDivisor = 8;

    /// <summary>Every worker's place: a contract, or null for its owner's pool.</summary>
    public static IReadOnlyDictionary<long, ContractId?> Plan(
        IReadOnlyList<AllocatableWorker> workers,
        IReadOnlyList<ContractDemand> demands,
        AllocationPolicy policy,
        DateTimeOffset now)
    {
        var running = demands.Select(demand => demand.ContractId).ToHashSet();
        var places = workers.ToDictionary(worker => worker.WorkerKey, _ => (ContractId?)null);
        foreach (var demand in demands)
        {
            var on = workers.Where(worker => worker.WorkingFor == demand.ContractId).ToList();
            var idle = workers.Where(worker => places[worker.WorkerKey] is null
                && (worker.WorkingFor is not { } other || !running.Contains(other))).ToList();
            foreach (var worker in Choose(on, idle, demand, DeadBand.Judge(demand, policy)))
            {
                places[worker.WorkerKey] = demand.ContractId;
            }
        }

        KeepThoseThatMayNotMove(workers, running, policy, now, places);
        return places;
    }

    private static IEnumerable<AllocatableWorker> Choose(
        List<AllocatableWorker> on, List<AllocatableWorker> idle, ContractDemand demand, Balance balance)
    {
        var rate = demand.Rate.HashesPerSecond;
        if (Sum(on) + Sum(idle) <= rate)
        {
            return on.Concat(idle);
        }

        return balance switch
        {
            Balance.FarAhead => ThoseThatFit(on, rate - rate / FarAheadDivisor),
            Balance.Ahead => ThoseThatFit(on, rate),
            Balance.Even when on.Count > 0 => on,
            Balance.Even => ThoseThatFit(idle, rate),
            _ => [.. on, .. Additions(idle, rate - UInt128.Min(rate, Sum(on)))],
        };
    }

    private static List<AllocatableWorker> Additions(List<AllocatableWorker> idle, UInt128 missing)
    {
        var added = ThoseThatFit(idle, missing);
        missing -= Sum(added);
        var rest = idle.Except(added).Where(worker => worker.Rate > Hashrate.Zero).ToList();
        if (missing > 0 && rest.Count > 0)
        {
            var enough = rest.Where(worker => worker.Rate.HashesPerSecond >= missing).MinBy(worker => worker.Rate);
            added.Add(enough ?? rest.MaxBy(worker => worker.Rate)!);
        }

        return added;
    }

    /// <summary>Whole workers of known rate, largest first.</summary>
    private static List<AllocatableWorker> ThoseThatFit(IEnumerable<AllocatableWorker> workers, UInt128 limit)
    {
        var chosen = new List<AllocatableWorker>();
        foreach (var worker in workers.Where(worker => worker.Rate > Hashrate.Zero)
            .OrderByDescending(worker => worker.Rate).ThenBy(worker => worker.WorkerKey))
        {
            if (worker.Rate.HashesPerSecond <= limit)
            {
                chosen.Add(worker);
                limit -= worker.Rate.HashesPerSecond;
            }
        }

        return chosen;
    }

    private static UInt128 Sum(IEnumerable<AllocatableWorker> workers) =>
        workers.Aggregate(UInt128.Zero, (sum, worker) => sum + worker.Rate.HashesPerSecond);

    /// <summary>
    /// Between a running contract and its owner a worker moves no faster than the policy lets it. A contract that
    /// starts or ends never waits for that.
    /// </summary>
    private static void KeepThoseThatMayNotMove(
        IReadOnlyList<AllocatableWorker> workers,
        HashSet<ContractId> running,
        AllocationPolicy policy,
        DateTimeOffset now,
        Dictionary<long, ContractId?> places)
    {
        foreach (var worker in workers)
        {
            var place = places[worker.WorkerKey];
            var hasEnded = worker.WorkingFor is { } contract && !running.Contains(contract);
            var starts = place is not null && place != worker.CameFrom;
            var isPinned = now - worker.AssignedAt < policy.MinSlice
                || worker.SwitchesLastHour >= policy.MaxSwitchesPerHour;
            if (isPinned && !hasEnded && !starts)
            {
                places[worker.WorkerKey] = worker.WorkingFor;
            }
        }
    }
}
