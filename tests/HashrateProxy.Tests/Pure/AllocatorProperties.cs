using FsCheck;
using FsCheck.Fluent;
using Marketplace.HashrateProxy.Allocation;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class AllocatorProperties
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AllocationPolicy Free = new(
        TimeSpan.Zero, TolerancePerMille: 10, MaxSwitchesPerHour: int.MaxValue);
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly ContractId[] Contracts =
    [
        .. Enumerable.Range(0, 3).Select(_ => ContractId.From(Guid.CreateVersion7(Now))),
    ];

    private static readonly Gen<ContractId?> AnyPlace = Gen.Elements<ContractId?>(
        null, Contracts[0], Contracts[1], Contracts[2]);

    private static readonly Gen<AllocatableWorker> AnyWorker =
        from terahashes in Gen.Choose(0, 200)
        from workingFor in AnyPlace
        from secondsAgo in Gen.Choose(0, 200)
        from switches in Gen.Choose(0, 40)
        select new AllocatableWorker(
            0,
            Hashrate.FromTerahashes((ulong)terahashes),
            workingFor,
            Now - TimeSpan.FromSeconds(secondsAgo),
            switches);

    private static readonly Arbitrary<AllocatableWorker[]> AnyFleet = AnyWorker.ArrayOf()
        .Select(workers => workers.Select((worker, index) => worker with { WorkerKey = index }).ToArray())
        .ToArbitrary();

    private static readonly Arbitrary<ContractDemand[]> AnyDemands = (
        from count in Gen.Choose(0, 3)
        from rates in Gen.Choose(1, 1_000).ArrayOf(3)
        from percents in Gen.Choose(0, 150).ArrayOf(3)
        select Enumerable.Range(0, count).Select(
            index => DemandOf(index, rates[index], percents[index])).ToArray()).ToArbitrary();

    private static ContractDemand DemandOf(int index, int terahashes, int provedPercent)
    {
        var rate = Hashrate.FromTerahashes((ulong)terahashes);
        var promised = rate.Over(TimeSpan.FromHours(1));
        var proved = new Work(promised.Hashes * (uint)provedPercent / 100);
        return new ContractDemand(Contracts[index], rate, rate.Over(TimeSpan.FromHours(2)), promised, proved, 10_000);
    }

    [Fact]
    public void Every_worker_has_one_place_and_it_is_a_running_contract_or_its_owners_pool() =>
        Check.One(Many, Prop.ForAll(AnyFleet, AnyDemands, (workers, demands) =>
        {
            var places = Allocator.Plan(workers, demands, Free, Now);
            places.Keys.Order().ShouldBe(workers.Select(worker => worker.WorkerKey));
            places.Values.ShouldAllBe(place => place == null || demands.Any(demand => demand.ContractId == place));
        }));

    [Fact]
    public void An_idle_fleet_gives_no_contract_more_than_it_is_owed_and_one_slice() =>
        Check.One(Many, Prop.ForAll(AnyFleet, AnyDemands, (workers, demands) =>
        {
            var fleet = workers.Select(worker => worker with { WorkingFor = null }).ToList();
            var places = Allocator.Plan(fleet, demands, Free, Now);
            foreach (var demand in demands)
            {
                var given = fleet.Where(worker => places[worker.WorkerKey] == demand.ContractId).ToList();
                var sum = given.Aggregate(Hashrate.Zero, (rate, worker) => rate + worker.Rate);
                var slice = given.Select(worker => worker.Rate).DefaultIfEmpty().Max();
                sum.ShouldBeLessThanOrEqualTo(DeadBand.Wanted(demand, Free) + slice);
            }
        }));

    [Fact]
    public void The_plan_of_one_contract_is_planned_again_once_it_was_carried_out() =>
        Check.One(Many, Prop.ForAll(AnyFleet, AnyDemands, (workers, all) =>
        {
            var demands = all.Take(1).ToList();
            var places = Allocator.Plan(workers, demands, Free, Now);
            var moved = workers.Select(worker => worker with
            {
                WorkingFor = places[worker.WorkerKey],
            }).ToArray();
            Allocator.Plan(moved, demands, Free, Now).ShouldBe(places, ignoreOrder: true);
        }));

    [Fact]
    public void A_worker_inside_its_slice_moves_only_because_a_contract_starts_or_ends_or_it_never_moved_before()
    {
        var policy = Free with { MinSlice = TimeSpan.FromHours(1) };
        Check.One(Many, Prop.ForAll(AnyFleet, AnyDemands, (workers, demands) =>
        {
            var places = Allocator.Plan(workers, demands, policy, Now);
            foreach (var worker in workers.Where(worker => places[worker.WorkerKey] != worker.WorkingFor))
            {
                var hasEnded = worker.WorkingFor is { } was && demands.All(demand => demand.ContractId != was);
                var starts = demands.Any(demand => demand.ContractId == places[worker.WorkerKey] && demand.IsStarting);
                (hasEnded || starts || worker.SwitchesLastHour == 0).ShouldBeTrue();
            }
        }));
    }
}
