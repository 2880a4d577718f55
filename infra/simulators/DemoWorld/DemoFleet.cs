using System.Globalization;
using Marketplace.Simulators.Farms;
using Marketplace.Simulators.MainLine;

namespace Marketplace.DemoWorld;

/// <summary>Six machines of four kinds, each hashing 100,000 times a second for real.</summary>
internal static class DemoFleet
{
    private const int WorkerHashesPerSecond = 100_000;

    private static readonly FirmwareProfile[] Machines =
    [
        FirmwareProfiles.Antminer, FirmwareProfiles.Antminer, FirmwareProfiles.Cgminer,
        FirmwareProfiles.S9, FirmwareProfiles.Bitaxe, FirmwareProfiles.Cgminer,
    ];

    public static void PlugIn(SimulatedFarm farm, Surroundings surroundings, string login)
    {
        foreach (var (profile, number) in Machines.Select((profile, number) => (profile, number)))
        {
            farm.Add(new WorkerSettings
            {
                Host = surroundings.Stratum[number % surroundings.Stratum.Count].Host,
                Port = surroundings.Stratum[number % surroundings.Stratum.Count].Port,
                Login = login,
                Name = string.Create(CultureInfo.InvariantCulture, $"{profile.Name}-{number + 1}"),
                Profile = profile,
                HashesPerSecond = WorkerHashesPerSecond,
            });
        }
    }
}
