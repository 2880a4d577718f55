namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>What a random fleet of a simulation looks like.</summary>
/// <param name="Models">Nameplate rates of its machines in GH/s; each machine is within a tenth of one of them.</param>
/// <param name="PartsPerMille">The contracts, as parts of the whole fleet.</param>
internal sealed record FleetScenario(string Name, int[] Models, Func<Random, int[]> PartsPerMille)
{
    private static readonly int[] AllModels = [13_500, 100_000, 140_000, 200_000, 234_000];
    private static readonly int[] BigModels = [200_000, 234_000];

    public int FewestWorkers { get; init; } = 2;

    public int MostWorkers { get; init; } = 40;

    /// <summary>Each machine goes and comes back so often in an hour.</summary>
    public double ChurnPerHour { get; init; }

    /// <summary>How much of the truth the nameplate says of a machine that has sent nothing yet.</summary>
    public int NameplatePercent { get; init; } = 100;

    /// <summary>How much of what a machine sends for a contract is credited; the rest is always refused.</summary>
    public int CreditedPercent { get; init; } = 100;

    /// <summary>How far delivery may end from the promise, beside what is chance.</summary>
    public int ToleratedPerMille { get; init; } = 10;

    public static IReadOnlyList<FleetScenario> All { get; } =
    [
        new("two contracts", AllModels, random => [random.Next(100, 450), random.Next(100, 450)]),
        new("the whole fleet", AllModels, _ => [1000]),
        new("a tiny contract on big workers", BigModels, random => [random.Next(5, 30)]) { MostWorkers = 8 },
        new("one worker, three contracts", BigModels, _ => [150, 200, 250])
        {
            FewestWorkers = 1, MostWorkers = 1, ToleratedPerMille = 20,
        },
        new("many small contracts", AllModels, random => [.. Enumerable.Range(0, 12).Select(_ => random.Next(20, 70))])
        {
            FewestWorkers = 10,
        },
        new("rates taken for half", AllModels, random => [random.Next(200, 600)]) { NameplatePercent = 50 },
        new("rates taken for double", AllModels, random => [random.Next(200, 600)]) { NameplatePercent = 200 },
        new("half of it refused", AllModels, random => [random.Next(100, 300)]) 
        {
            CreditedPercent = 50, ToleratedPerMille = 40,
        },
        new("churn of 30 % an hour", AllModels, random => [random.Next(200, 400), random.Next(200, 400)])
        {
            FewestWorkers = 10, ChurnPerHour = 0.3,
        },
    ];
}
