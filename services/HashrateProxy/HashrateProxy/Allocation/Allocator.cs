namespace Marketplace.HashrateProxy.Allocation;

/// <summary>
/// Decides which worker hashes for which contract. Rates are only estimates, so it is delivered work that moves
/// workers: whole workers that fit fill a contract up to its promise; out of the dead band one more joins it as a
/// slice, or one goes home. No contract takes a worker from another that runs. Pure.
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
        var running = demands.Where(demand => !demand.IsServed).ToDictionary(demand => demand.ContractId);
        var places = workers.ToDictionary(
            worker => worker.WorkerKey,
            worker => worker.WorkingFor is { } contract && running.ContainsKey(contract) ? worker.WorkingFor : null);

        // Those who leave come first, so that a worker goes from one contract to another in one move.
        foreach (var demand in running.Values)
        {
            var team = workers.Where(worker => places[worker.WorkerKey] == demand.ContractId).ToList();
            foreach (var worker in Leaving(team, demand, policy, now))
            {
                places[worker.WorkerKey] = null;
            }
        }

        foreach (var demand in running.Values.OrderBy(demand => demand.DeliveryPerMille))
        {
            var hashrate = Sum(workers.Where(worker => places[worker.WorkerKey] == demand.ContractId));
            var free = workers.Where(worker => places[worker.WorkerKey] is null
                && (worker.WorkingFor is not null || demand.IsStarting || MayMove(worker, policy, now))).ToList();
            foreach (var worker in Joining(hashrate, free, demand, policy))
            {
                places[worker.WorkerKey] = demand.ContractId;
            }
        }

        return places;
    }

    /// <summary>
    /// Between a contract and its owner a worker moves no faster than the policy lets it; one that was not moved yet
    /// is free.
    /// </summary>
    private static bool MayMove(AllocatableWorker worker, AllocationPolicy policy, DateTimeOffset now) =>
        worker.SwitchesLastHour == 0
        || (worker.SwitchesLastHour < policy.MaxSwitchesPerHour && now - worker.AssignedAt >= policy.MinSlice);

    private static List<AllocatableWorker> Leaving(
        IReadOnlyList<AllocatableWorker> team, ContractDemand demand, AllocationPolicy policy, DateTimeOffset now)
    {
        var leaving = new List<AllocatableWorker>();
        var wanted = DeadBand.Wanted(demand, policy).HashesPerSecond;
        var hashrate = Sum(team);
        var candidates = DeadBand.Judge(demand, policy) == Balance.Ahead
            ? Ordered(team.Where(worker => MayMove(worker, policy, now)))
            : [];
        while (hashrate > wanted && candidates.Count > 0)
        {
            var excess = hashrate - wanted;
            var next = candidates.FindLast(worker => worker.Rate.HashesPerSecond >= excess) ?? candidates[0];
            candidates.Remove(next);
            leaving.Add(next);
            hashrate -= next.Rate.HashesPerSecond;
        }

        return leaving;
    }

    private static List<AllocatableWorker> Joining(
        UInt128 hashrate, List<AllocatableWorker> free, ContractDemand demand, AllocationPolicy policy)
    {
        var balance = DeadBand.Judge(demand, policy);
        var wanted = DeadBand.Wanted(demand, policy).HashesPerSecond;
        if (balance == Balance.Ahead || hashrate >= wanted)
        {
            return [];
        }

        var missing = wanted - hashrate;
        if (Sum(free) <= missing)
        {
            return free;
        }

        List<AllocatableWorker> joining = [], tooLarge = [];
        foreach (var worker in Ordered(free))
        {
            var fits = worker.Rate.HashesPerSecond <= missing;
            (fits ? joining : tooLarge).Add(worker);
            missing -= fits ? worker.Rate.HashesPerSecond : 0;
        }

        if (balance == Balance.Behind && missing > 0 && SliceOf(tooLarge, missing, policy) is { } slice)
        {
            joining.Add(slice);
        }

        return joining;
    }

    /// <summary>
    /// The smallest worker that covers what is missing even in the shortest slice, whose first second is lost; the
    /// less it is too large, the less often it moves.
    /// </summary>
    private static AllocatableWorker? SliceOf(
        List<AllocatableWorker> candidates, UInt128 missing, AllocationPolicy policy)
    {
        var needed = new Hashrate(missing).Over(policy.MinSlice);
        return candidates.FindLast(worker => worker.Rate.Over(policy.MinSlice - AllocationPolicy.DeadTime) >= needed)
            ?? candidates.FirstOrDefault();
    }

    /// <summary>Those of known rate, largest first.</summary>
    private static List<AllocatableWorker> Ordered(IEnumerable<AllocatableWorker> workers) =>
    [
        .. workers.Where(worker => worker.Rate > Hashrate.Zero)
            .OrderByDescending(worker => worker.Rate).ThenBy(worker => worker.WorkerKey),
    ];

    private static UInt128 Sum(IEnumerable<AllocatableWorker> workers) =>
        workers.Aggregate(UInt128.Zero, (sum, worker) => sum + worker.Rate.HashesPerSecond);
}
