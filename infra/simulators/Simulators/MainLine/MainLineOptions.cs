using System.Net;
using Marketplace.Client.Sessions;
using Marketplace.Simulators.Farms;

namespace Marketplace.Simulators.MainLine;

/// <summary>A person of the demo world.</summary>
public sealed record Credentials(string Email, string Password);

/// <summary>Where the marketplace answers, who acts, and how much of everything.</summary>
public sealed record MainLineOptions
{
    public required MarketplaceAddress Address { get; init; }

    /// <summary>Where the workers connect, in turns.</summary>
    public required IReadOnlyList<DnsEndPoint> Stratum { get; init; }

    public Credentials Seller { get; init; } = DemoPeople.Seller;

    public Credentials Renter { get; init; } = DemoPeople.Renter;

    /// <summary>Must exist: the operator's own people are made by configuration.</summary>
    public Credentials Finance { get; init; } = DemoPeople.Finance;

    public int WorkerCount { get; init; } = 6;

    /// <summary>The kinds of firmware that the workers take turns to be.</summary>
    public IReadOnlyList<FirmwareProfile> Machines { get; init; } = FirmwareProfiles.SingleMachines;

    /// <summary>Really hashed by each worker, per second; shows as 2^30 times as much.</summary>
    public int WorkerHashesPerSecond { get; init; } = 100_000;

    public Hashrate Nameplate { get; init; } = Hashrate.FromTerahashes(700);

    public Hashrate Offered { get; init; } = Hashrate.FromTerahashes(500);

    public Hashrate Rented { get; init; } = Hashrate.FromTerahashes(300);

    /// <summary>High enough that a minute's work is worth more than a cent.</summary>
    public long PriceMicrosPerUnitDay { get; init; } = 2_000_000_000;

    public int DurationSeconds { get; init; } = 3_600;

    /// <summary>Done to the marketplace while the contract runs; it must answer again afterwards.</summary>
    public Func<CancellationToken, Task>? Interrupt { get; init; }

    public MainLineLimits Limits { get; init; } = new();
}

/// <summary>How long each wait may take; what has not come true by then stops the run.</summary>
public sealed record MainLineLimits
{
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan MeasuredHashrate { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>Until what one service said has reached the next one.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstJob { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstShare { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Accrual { get; init; } = TimeSpan.FromSeconds(240);

    public TimeSpan Return { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Settlement { get; init; } = TimeSpan.FromSeconds(300);
}
