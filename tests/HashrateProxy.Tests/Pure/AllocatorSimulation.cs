using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>Hours of contracts on random fleets whose rates are only known from the shares they send.</summary>
public sealed class AllocatorSimulation
{
    private const int Seed = 20261101;
    private const int Fleets = 24;
    private const int MaxWorkers = 40;
    private const int Contracts = 2;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Duration = TimeSpan.FromHours(6);
    private static readonly TimeSpan DeadTime = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AllocationPolicy Policy = new(
        TimeSpan.FromSeconds(60), TolerancePerMille: 10, MaxSwitchesPerHour: 30);

    [Fact]
    public void Random_fleets_keep_their_promises_within_the_tolerance_and_the_budget_of_switches()
    {
        var random = new Random(Seed);
        for (var fleet = 0; fleet < Fleets; fleet++)
        {
            var machines = NewFleet(random);
            var demands = NewDemands(random, machines);
            Run(random, machines, demands);
            Judge(fleet, machines, demands);
        }
    }

    private static List<Machine> NewFleet(Random random)
    {
        var models = new[] { 13_500, 100_000, 140_000, 200_000, 234_000 };
        var machines = Enumerable.Range(0, random.Next(2, MaxWorkers))
            .Select(key => new Machine(key, models[random.Next(models.Length)] * random.Next(90, 111) / 100)).ToList();
        machines.ForEach(machine => machine.WarmUp(random));
        return machines;
    }

    private static List<Demand> NewDemands(Random random, List<Machine> machines)
    {
        var total = machines.Sum(machine => machine.GigahashesPerSecond);
        return [.. Enumerable.Range(0, Contracts).Select(_ =>
            new Demand(ContractId.From(Guid.CreateVersion7(StartAt)), total * random.Next(10, 45) / 100))];
    }

    private static void Run(Random random, List<Machine> machines, List<Demand> demands)
    {
        for (var now = StartAt; now < StartAt + Duration; now += Step)
        {
            var places = Allocator.Plan(
                [.. machines.Select(machine => machine.Seen(now))], [
                    .. demands.Select(demand => demand.At(now))], Policy, now);
            var workersOf = machines.CountBy(machine => places[machine.Key] ?? default).ToDictionary();
            foreach (var machine in machines)
            {
                var place = places[machine.Key];
                var hashed = machine.Place(place, now) ? Step - DeadTime : Step;
                var work = machine.Hash(random, hashed, WorkerPace.SharesPerMinute(workersOf[place ?? default]));
                demands.Find(demand => demand.Id == place)?.Count(work);
            }
        }
    }

    private static void Judge(int fleet, List<Machine> machines, List<Demand> demands)
    {
        var mostSwitches = machines.Max(machine => machine.Switches);
        foreach (var demand in demands)
        {
            var promised = (decimal)demand.GigahashesPerSecond * (decimal)Duration.TotalSeconds;
            var error = (demand.Gigahashes - promised) / promised;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"fleet {fleet}: {machines.Count} workers, {demand.GigahashesPerSecond / 1000} TH/s promised, "
                + $"error {error:P2}, "
                + $"{machines.Sum(machine => machine.Switches)} switches in {Duration.TotalHours} h, "
                + $"{mostSwitches} of the busiest");
            Math.Abs(error).ShouldBeLessThanOrEqualTo(0.02m, $"fleet {fleet} of seed {Seed}");
        }

        mostSwitches.ShouldBeLessThanOrEqualTo(Policy.MaxSwitchesPerHour * (int)Duration.TotalHours);
    }

    private sealed class Demand(ContractId id, int gigahashesPerSecond)
    {
        public ContractId Id => id;

        public int GigahashesPerSecond => gigahashesPerSecond;

        public decimal Gigahashes { get; private set; }

        public void Count(decimal gigahashes) => Gigahashes += gigahashes;

        public ContractDemand At(DateTimeOffset now)
        {
            var rate = new Hashrate((UInt128)gigahashesPerSecond * 1_000_000_000);
            return new ContractDemand(
                id, rate, rate.Over(now - StartAt), new Work((UInt128)(Gigahashes * 1_000_000_000)),
                WorkerPace.SharesOfContract(now - StartAt));
        }
    }

    private sealed class Machine(long key, int gigahashesPerSecond)
    {
        private readonly Queue<decimal> _window = new();
        private readonly Queue<DateTimeOffset> _switchedAt = new();
        private ContractId? _place;
        private ContractId? _cameFrom;
        private DateTimeOffset _assignedAt = StartAt - TimeSpan.FromHours(1);

        public long Key => key;

        public int GigahashesPerSecond => gigahashesPerSecond;

        public int Switches { get; private set; }

        public void WarmUp(Random random)
        {
            for (var at = TimeSpan.Zero; at < Measured; at += Step)
            {
                Hash(random, Step, WorkerPace.MinSharesPerMinute);
            }
        }

        public AllocatableWorker Seen(DateTimeOffset now)
        {
            while (_switchedAt.TryPeek(out var oldest) && now - oldest > TimeSpan.FromHours(1))
            {
                _switchedAt.Dequeue();
            }

            var rate = _window.Sum() / (decimal)Measured.TotalSeconds;
            return new AllocatableWorker(
                key, new Hashrate((UInt128)(rate * 1_000_000_000)), _place, _cameFrom, _assignedAt, _switchedAt.Count);
        }

        /// <returns>Whether it was moved.</returns>
        public bool Place(ContractId? place, DateTimeOffset now)
        {
            if (place == _place)
            {
                return false;
            }

            (_cameFrom, _place, _assignedAt) = (_place, place, now);
            _switchedAt.Enqueue(now);
            Switches++;
            return true;
        }

        /// <summary>Shares come as a Poisson process; each proves the same work.</summary>
        public decimal Hash(Random random, TimeSpan time, int sharesPerMinute)
        {
            var gigahashesPerShare = gigahashesPerSecond * 60m / sharesPerMinute;
            var limit = Math.Exp(-time.TotalMinutes * sharesPerMinute);
            var shares = 0;
            for (var product = random.NextDouble(); product > limit; product *= random.NextDouble())
            {
                shares++;
            }

            _window.Enqueue(shares * gigahashesPerShare);
            if (_window.Count > Measured / Step)
            {
                _window.Dequeue();
            }

            return shares * gigahashesPerShare;
        }
    }
}
