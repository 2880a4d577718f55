using System.Globalization;
using Marketplace.HashrateProxy.Allocation;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>
/// Hours of contracts on seeded random fleets; prints delivery error, switches and lost time of each kind of fleet.
/// </summary>
public sealed class AllocatorSimulation
{
    /// <summary>Passed by one in 16,000 contracts of a fleet that has no machine to spare.</summary>
    private const double Sigmas = 4;
    private const int NameWidth = 32;
    private const int CellWidth = 11;

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("MARKETPLACE_SEED") ?? "20261101", CultureInfo.InvariantCulture);

    private static readonly int Fleets = Environment.GetEnvironmentVariable("MARKETPLACE_FULL") == "1" ? 100 : 8;

    [Fact]
    public void Random_fleets_keep_their_promises_within_the_tolerance_and_the_budget_of_switches()
    {
        Print("fleets of seed " + Seed, "workers", "contracts", "error", "worst", "switches/h", "busiest", "lost");
        foreach (var scenario in FleetScenario.All)
        {
            var random = new Random(Seed);
            var fleets = Enumerable.Range(0, Fleets).Select(_ => new SimulatedFleet(scenario, random)).ToList();
            fleets.ForEach(fleet => fleet.Run());
            Print(scenario, fleets);
            fleets.ForEach(fleet => Judge(scenario, fleet));
        }
    }

    /// <summary>
    /// Beside the tolerance of its kind a contract may be off by what is chance, and by what the largest
    /// machine does in the step in which the promise is reached.
    /// </summary>
    private static void Judge(FleetScenario scenario, SimulatedFleet fleet)
    {
        var largestStep = fleet.Machines.Max(machine => machine.GigahashesPerSecond) * SimulatedFleet.Step.TotalSeconds;
        foreach (var contract in fleet.Contracts)
        {
            var chance = Sigmas / Math.Sqrt(contract.Shares) + largestStep / contract.PromisedGigahashes;
            Math.Abs(contract.Error).ShouldBeLessThanOrEqualTo(
                chance + scenario.ToleratedPerMille / 1000d, $"{scenario.Name} of seed {Seed}");
        }

        fleet.Machines.Max(machine => machine.Switches).ShouldBeLessThanOrEqualTo(
            SimulatedFleet.Policy.MaxSwitchesPerHour * (int)SimulatedFleet.Duration.TotalHours, scenario.Name);
    }

    private static void Print(FleetScenario scenario, List<SimulatedFleet> fleets)
    {
        var machines = fleets.SelectMany(fleet => fleet.Machines).ToList();
        var errors = fleets.SelectMany(fleet => fleet.Contracts).Select(contract => contract.Error).ToList();
        var hours = machines.Sum(machine => machine.Steps * SimulatedFleet.Step.TotalHours);
        var switchesPerHour = machines.Sum(machine => machine.Switches) / hours;
        Print(
            scenario.Name,
            $"{machines.Count}",
            $"{errors.Count}",
            $"{errors.Average(Math.Abs):P2}",
            $"{errors.MaxBy(Math.Abs):P2}",
            $"{switchesPerHour:F2}",
            $"{machines.Max(machine => machine.Switches / SimulatedFleet.Duration.TotalHours):F1}",
            $"{switchesPerHour * AllocationPolicy.DeadTime.TotalHours:P3}");
    }

    private static void Print(string name, params string[] cells) => TestContext.Current.TestOutputHelper!.WriteLine(
        name.PadRight(NameWidth) + string.Concat(cells.Select(cell => cell.PadLeft(CellWidth))));
}
