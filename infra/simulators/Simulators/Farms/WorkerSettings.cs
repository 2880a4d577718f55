using System.Net;

namespace Marketplace.Simulators.Farms;

/// <summary>One simulated machine: where it connects, as whom, and how fast it hashes.</summary>
public sealed record WorkerSettings
{
    public string Host { get; init; } = IPAddress.Loopback.ToString();

    public required int Port { get; init; }

    /// <summary>The rig's login; the worker's name is appended after a dot.</summary>
    public required string Login { get; init; }

    public required string Name { get; init; }

    public string Password { get; init; } = "x";

    public FirmwareProfile Profile { get; init; } = FirmwareProfiles.Antminer;

    /// <summary>Really hashed, per second, for the whole connection.</summary>
    public int HashesPerSecond { get; init; } = 100_000;

    public Algorithm Algorithm { get; init; } = Algorithm.Sha256dDemo;

    /// <summary>The names it authorizes, the first one submits for single machines.</summary>
    internal IReadOnlyList<string> WorkerNames => Profile.NamesPerConnection == 1
        ? [$"{Login}.{Name}"]
        : [.. Enumerable.Range(1, Profile.NamesPerConnection).Select(number => $"{Login}.{Name}-{number}")];
}
