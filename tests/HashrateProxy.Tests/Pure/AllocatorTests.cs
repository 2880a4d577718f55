using Marketplace.HashrateProxy.Allocation;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class AllocatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AllocationPolicy Policy = new(
        TimeSpan.FromSeconds(60), TolerancePerMille: 10, MaxSwitchesPerHour: 30);
    private static readonly ContractId First = ContractId.From(Guid.CreateVersion7(Now));
    private static readonly ContractId Second = ContractId.From(Guid.CreateVersion7(Now));

    private static AllocatableWorker Worker(
        long key,
        ulong terahashes,
        ContractId? workingFor = null,
        int secondsAgo = 600,
        int switches = 1) =>
        new(
            key,
            Hashrate.FromTerahashes(terahashes),
            workingFor,
            Now - TimeSpan.FromSeconds(secondsAgo),
            switches);

    /// <summary>
    /// An hour into a contract of two, of which so many percent of the promise until now were proved.
    /// </summary>
    private static ContractDemand Demand(ContractId id, ulong terahashes, int provedPercent = 100)
    {
        var rate = Hashrate.FromTerahashes(terahashes);
        var promised = rate.Over(TimeSpan.FromHours(1));
        var proved = new Work(promised.Hashes * (uint)provedPercent / 100);
        return new ContractDemand(id, rate, rate.Over(TimeSpan.FromHours(2)), promised, proved, 10_000);
    }

    private static long[] On(
        ContractId id, IReadOnlyList<AllocatableWorker> workers, params ContractDemand[] demands) =>
    [
        .. Allocator.Plan(workers, demands, Policy, Now)
            .Where(place => place.Value == id)
            .Select(place => place.Key)
            .Order(),
    ];

    [Fact]
    public void A_fleet_that_is_too_small_gives_every_worker() =>
        On(First, [Worker(1, 100), Worker(2, 50), Worker(3, 0)], Demand(First, 200)).ShouldBe([1, 2, 3]);

    [Fact]
    public void Whole_workers_that_fit_are_chosen_largest_first() =>
        On(First, [Worker(1, 50), Worker(2, 100), Worker(3, 100), Worker(4, 50)], Demand(First, 150)).ShouldBe([1, 2]);

    [Fact]
    public void A_contract_that_is_behind_gets_a_slice_of_one_more_worker() =>
        On(First, [Worker(1, 100), Worker(2, 100), Worker(3, 90)], Demand(
            First, 150, provedPercent: 97)).ShouldBe([1, 3]);

    [Fact]
    public void A_contract_that_is_ahead_gives_its_slice_back() =>
        On(First, [Worker(1, 100, First), Worker(2, 100, First), Worker(3, 100)], Demand(
            First, 150, provedPercent: 103)).ShouldBe([1]);

    [Fact]
    public void Inside_the_dead_band_nothing_moves()
    {
        var demand = Demand(First, 150);
        On(First, [Worker(1, 100, First), Worker(2, 100, First), Worker(3, 100)], demand).ShouldBe([1, 2]);
        On(First, [Worker(1, 100, First), Worker(2, 100), Worker(3, 100)], demand).ShouldBe([1]);
    }

    [Fact]
    public void The_dead_band_is_two_sigma_of_the_shares_that_were_counted()
    {
        var workers = new[] { Worker(1, 100, First), Worker(2, 100), Worker(3, 110) };
        var demand = Demand(First, 150, provedPercent: 95);
        On(First, workers, demand).ShouldBe([1, 2]);
        On(First, workers, demand with { SharesSoFar = 400 }).ShouldBe([1]);
    }

    [Fact]
    public void The_further_ahead_the_more_go_home()
    {
        var workers = new[] { Worker(1, 100, First), Worker(2, 60, First), Worker(3, 50, First) };
        On(First, workers, Demand(First, 200, provedPercent: 103)).ShouldBe([1, 2]);
        On(First, workers, Demand(First, 200, provedPercent: 107)).ShouldBe([2, 3]);
        On(First, workers, Demand(First, 200, provedPercent: 130)).ShouldBeEmpty();
    }

    [Fact]
    public void A_contract_that_stays_behind_gets_more_than_the_estimates_say_it_needs() =>
        On(First, [Worker(1, 200, First), Worker(2, 100)], Demand(First, 150, provedPercent: 70)).ShouldBe([1, 2]);

    [Fact]
    public void Inside_the_dead_band_whole_workers_take_the_place_of_those_that_left() =>
        On(First, [Worker(1, 100, First), Worker(2, 150), Worker(3, 90), Worker(4, 90)], Demand(First, 200))
            .ShouldBe([1, 3]);

    [Fact]
    public void A_slice_is_the_smallest_worker_that_covers_it_in_spite_of_the_second_it_loses() =>
        On(First, [Worker(1, 100, First), Worker(2, 80), Worker(3, 53), Worker(4, 51)], Demand(
            First, 150, provedPercent: 98) with { SharesSoFar = 10_404 })
            .ShouldBe([1, 3]);

    [Fact]
    public void Once_all_of_the_promise_is_proved_everyone_goes_home_at_once() =>
        On(First, [Worker(1, 100, First, secondsAgo: 1, switches: 99)], Demand(
            First, 50, provedPercent: 200)).ShouldBeEmpty();

    [Fact]
    public void A_worker_goes_from_one_contract_to_another_in_one_move()
    {
        var workers = new[] { Worker(1, 100, First), Worker(2, 60, First) };
        On(Second, workers, Demand(First, 100, provedPercent: 103), Demand(Second, 100, provedPercent: 97))
            .ShouldBe([1]);
    }

    [Fact]
    public void The_contract_that_is_furthest_behind_is_served_first()
    {
        var workers = new[] { Worker(1, 100), Worker(2, 90) };
        On(Second, workers, Demand(First, 100, provedPercent: 80), Demand(Second, 100, provedPercent: 70))
            .ShouldContain(1);
    }

    [Fact]
    public void A_worker_that_was_just_moved_stays_for_a_slice() =>
        On(First, [Worker(1, 100, First, secondsAgo: 10), Worker(2, 60, First)], Demand(First, 120, provedPercent: 103))
            .ShouldBe([1]);

    [Fact]
    public void A_worker_that_used_up_its_switches_stays() =>
        On(First, [Worker(1, 100, First), Worker(2, 100, switches: 30)], Demand(First, 150, provedPercent: 80))
            .ShouldBe([1]);

    [Fact]
    public void A_contract_that_ends_never_waits_for_a_slice() =>
        Allocator.Plan([Worker(1, 100, First, secondsAgo: 1, switches: 99)], [], Policy, Now)[1].ShouldBeNull();

    [Fact]
    public void A_contract_that_starts_never_waits_for_a_slice_of_its_owner() =>
        On(First, [Worker(1, 100, secondsAgo: 1, switches: 99)], Demand(First, 100, provedPercent: 0)).ShouldBe([1]);

    [Fact]
    public void A_contract_that_starts_never_waits_for_a_slice_of_another_contract()
    {
        var justReleased = Worker(2, 100, null, secondsAgo: 1, switches: 99);
        var workers = new[] { Worker(1, 100, First), justReleased };
        On(Second, workers, Demand(First, 100), Demand(Second, 100, provedPercent: 0)).ShouldBe([2]);
    }

    [Fact]
    public void Several_contracts_share_a_fleet()
    {
        var workers = new[] { Worker(1, 100), Worker(2, 100), Worker(3, 100), Worker(4, 100) };
        var places = Allocator.Plan(workers, [Demand(First, 200), Demand(Second, 100)], Policy, Now);
        places.Values.Count(place => place == First).ShouldBe(2);
        places.Values.Count(place => place == Second).ShouldBe(1);
        places.Values.Count(place => place is null).ShouldBe(1);
    }

    [Fact]
    public void A_worker_of_unknown_rate_is_left_alone_where_the_known_ones_are_enough() =>
        On(First, [Worker(1, 0), Worker(2, 100), Worker(3, 100)], Demand(First, 100)).ShouldBe([2]);

    [Fact]
    public void Workers_that_measure_alike_are_not_exchanged_for_each_other() =>
        On(First, [Worker(1, 99, First), Worker(2, 103), Worker(3, 101)], Demand(First, 105)).ShouldBe([1]);
}
