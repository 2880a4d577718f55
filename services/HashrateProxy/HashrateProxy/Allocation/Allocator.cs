using System.Numerics;

namespace Marketplace.HashrateProxy.Allocation;

/// <summary>
/// Decides which worker hashes for which contract. Whole workers first, largest that fit, keeping those already there;
/// then one worker is sliced in time between the contract and its owner's pool, on while the contract is behind. Pure.
/// </summary>
internal static class Allocator
{
    /// <summary>Every worker's place: a contract, or null for its owner's pool.</summary>
    public static IReadOnlyDictionary<long, ContractId?> Plan(
        IReadOnlyList<AllocatableWorker> workers,
        IReadOnlyList<ContractDemand> demands,
        AllocationPolicy policy,
        DateTimeOffset now)
    {
        var places = workers.ToDictionary(worker => worker.WorkerKey, _ => (ContractId?)null);
        var free = workers.ToList();
        foreach (var demand in demands)
        {
            foreach (var worker in Choose(free, demand, policy, now))
            {
                places[worker.WorkerKey] = demand.ContractId;
                free.Remove(worker);
            }
        }

        KeepThoseThatMayNotMove(workers, demands, policy, now, places);
        return places;
    }

    private static List<AllocatableWorker> Choose(
        List<AllocatableWorker> free, ContractDemand demand, AllocationPolicy policy, DateTimeOffset now)
    {
        var total = free.Aggregate(UInt128.Zero, (sum, worker) => sum + worker.Rate.HashesPerSecond);
        if (total <= demand.Rate.HashesPerSecond)
        {
            return [.. free];
        }

        var chosen = new List<AllocatableWorker>();
        var missing = demand.Rate.HashesPerSecond;
        foreach (var worker in Preferred(free, demand).Where(worker => worker.Rate > Hashrate.Zero))
        {
            if (worker.Rate.HashesPerSecond <= missing)
            {
                chosen.Add(worker);
                missing -= worker.Rate.HashesPerSecond;
            }
        }

        var balance = Balance(demand, policy);
        var sliceIsOn = free.Any(worker => worker.WorkingFor == demand.ContractId && !chosen.Contains(worker));
        if (balance < 0 || (balance == 0 && sliceIsOn))
        {
            AddSlice(free, chosen, demand, missing);
        }
        else if (balance > 0 && !sliceIsOn)
        {
            ReleaseSmallest(chosen);
        }

        return chosen;
    }

    /// <summary>Workers already on the contract first, then larger ones, then by age: a plan that changes little.</summary>
    private static IEnumerable<AllocatableWorker> Preferred(List<AllocatableWorker> free, ContractDemand demand) => free
        .OrderByDescending(worker => worker.Rate.HashesPerSecond)
        .ThenByDescending(worker => worker.WorkingFor == demand.ContractId)
        .ThenBy(worker => worker.WorkerKey);

    /// <summary>-1 behind, +1 ahead, 0 inside the dead band.</summary>
    private static int Balance(ContractDemand demand, AllocationPolicy policy)
    {
        var promised = (BigInteger)demand.PromisedSoFar.Hashes;
        var difference = (BigInteger)demand.ProvedSoFar.Hashes - promised;
        return BigInteger.Abs(difference) <= promised * policy.TolerancePerMille / 1000 ? 0 : difference.Sign;
    }

    /// <summary>Ahead even without the slice: the smallest whole worker goes home until the promise has caught up.</summary>
    private static void ReleaseSmallest(List<AllocatableWorker> chosen)
    {
        if (chosen.Count > 0)
        {
            chosen.Remove(chosen.MinBy(worker => worker.Rate.HashesPerSecond)!);
        }
    }

    private static void AddSlice(
        List<AllocatableWorker> free, List<AllocatableWorker> chosen, ContractDemand demand, UInt128 missing)
    {
        var candidates = free.Except(chosen).Where(worker => worker.Rate > Hashrate.Zero).ToList();
        var slice = candidates.Find(worker => worker.WorkingFor == demand.ContractId)
            ?? candidates.Where(worker => worker.Rate.HashesPerSecond >= missing)
                .MinBy(worker => worker.Rate.HashesPerSecond)
            ?? candidates.MaxBy(worker => worker.Rate.HashesPerSecond);
        if (slice is not null)
        {
            chosen.Add(slice);
        }
    }

    /// <summary>
    /// Between a running contract and its owner a worker moves no faster than the policy lets it. A contract that starts or
    /// ends never waits for that.
    /// </summary>
    private static void KeepThoseThatMayNotMove(
        IReadOnlyList<AllocatableWorker> workers,
        IReadOnlyList<ContractDemand> demands,
        AllocationPolicy policy,
        DateTimeOffset now,
        Dictionary<long, ContractId?> places)
    {
        foreach (var worker in workers)
        {
            var slicedWith = worker.WorkingFor ?? worker.CameFrom;
            var isSliced = slicedWith is not null && demands.Any(demand => demand.ContractId == slicedWith);
            var isPinned = now - worker.AssignedAt < policy.MinSlice
                || worker.SwitchesLastHour >= policy.MaxSwitchesPerHour;
            if (isSliced && isPinned)
            {
                places[worker.WorkerKey] = worker.WorkingFor;
            }
        }
    }
}
