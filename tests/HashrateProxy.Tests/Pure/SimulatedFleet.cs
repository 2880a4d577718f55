using Marketplace.HashrateProxy.Allocation;
using Marketplace.HashrateProxy.Downstream;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>
/// A fleet, its contracts and the allocator on a clock of steps: machines send shares as a Poisson process, lose a
/// second per switch, go and come back, and are only known by the shares they sent.
/// </summary>
internal sealed class SimulatedFleet
{
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Duration = TimeSpan.FromHours(6);
    public static readonly DateTimeOffset StartAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly AllocationPolicy Policy = new(
        TimeSpan.FromSeconds(60), TolerancePerMille: 10, MaxSwitchesPerHour: 30);

    private static readonly TimeSpan MeanAbsence = TimeSpan.FromMinutes(4);

    private readonly FleetScenario _scenario;
    private readonly Random _random;

    public SimulatedFleet(FleetScenario scenario, Random random)
    {
        (_scenario, _random) = (scenario, random);
        var count = random.Next(scenario.FewestWorkers, scenario.MostWorkers + 1);
        Machines = [.. Enumerable.Range(0, count).Select(key => new SimulatedMachine(
            key, scenario.Models[random.Next(scenario.Models.Length)] * random.Next(90, 111) / 100, random))];
        Contracts = [.. scenario.PartsPerMille(random).Select(part =>
            new SimulatedContract(Machines.Sum(machine => machine.GigahashesPerSecond) * part / 1000))];
    }

    public IReadOnlyList<SimulatedMachine> Machines { get; }

    public IReadOnlyList<SimulatedContract> Contracts { get; }

    private long Assumed => Machines.Sum(machine => machine.GigahashesPerSecond) * _scenario.NameplatePercent
        / 100 / Machines.Count;

    public void Run()
    {
        for (var now = StartAt; now < StartAt + Duration; now += Step)
        {
            Churn(now);
            var present = Machines.Where(machine => machine.IsConnected(now)).ToList();
            var places = Allocator.Plan(
                [.. present.Select(machine => machine.Seen(now, Assumed))],
                [.. Contracts.Select(contract => contract.At(now))],
                Policy,
                now);
            var teams = present.CountBy(machine => places[machine.Key] ?? default).ToDictionary();
            foreach (var machine in present)
            {
                var place = places[machine.Key];
                var hashed = machine.Place(place, now) ? Step - AllocationPolicy.DeadTime : Step;
                var sharesPerMinute = WorkerPace.SharesPerMinute(teams[place ?? default]);
                var (shares, gigahashes) = machine.Hash(hashed, sharesPerMinute);
                Contracts.FirstOrDefault(contract => contract.Id == place)?.Count(
                    shares, gigahashes * _scenario.CreditedPercent / 100);
            }
        }
    }

    private void Churn(DateTimeOffset now)
    {
        var chance = _scenario.ChurnPerHour * Step.TotalHours;
        foreach (var machine in Machines.Where(machine => machine.IsConnected(now) && _random.NextDouble() < chance))
        {
            machine.Leave(now - MeanAbsence * Math.Log(1 - _random.NextDouble()));
        }
    }
}

/// <summary>A contract of the simulation, in GH/s and GH.</summary>
internal sealed class SimulatedContract(long gigahashesPerSecond)
{
    private const ulong HashesPerGigahash = 1_000_000_000;

    private long _gigahashes;

    public ContractId Id { get; } = ContractId.From(Guid.CreateVersion7(SimulatedFleet.StartAt));

    public int Shares { get; private set; }

    public double PromisedGigahashes => gigahashesPerSecond * SimulatedFleet.Duration.TotalSeconds;

    /// <summary>Delivered less promised work, as a part of what was promised.</summary>
    public double Error => _gigahashes / PromisedGigahashes - 1;

    public void Count(int shares, long gigahashes)
    {
        _gigahashes += gigahashes;
        Shares += shares;
    }

    public ContractDemand At(DateTimeOffset now)
    {
        var rate = new Hashrate((UInt128)gigahashesPerSecond * HashesPerGigahash);
        return new ContractDemand(
            Id,
            rate,
            rate.Over(SimulatedFleet.Duration),
            rate.Over(now - SimulatedFleet.StartAt),
            new Work((UInt128)_gigahashes * HashesPerGigahash),
            Math.Max(Shares, WorkerPace.SharesOfContract(now - SimulatedFleet.StartAt)));
    }
}
