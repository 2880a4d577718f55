using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;

namespace Marketplace.Stratum;

/// <summary>What is asked of a pool before a fleet hashes for it.</summary>
/// <param name="Hashrate">What would be pointed at it.</param>
/// <param name="Payee">Whom its coinbase has to pay; null where that does not matter.</param>
public sealed record PoolDemands(Algorithm Algorithm, Hashrate Hashrate, FleetNeeds Fleet, PayoutAddress? Payee)
{
    public Difficulty MinimumDifficulty => PoolPace.MinimumDifficulty(Hashrate, Algorithm);
}

/// <summary>What the workers of a fleet need of a pool.</summary>
/// <param name="VersionMask">All version bits that one of them may roll.</param>
/// <param name="ExtranonceBytes">The most extranonce bytes one of them holds.</param>
/// <param name="Firmware">The user agents seen; none where the fleet is not known.</param>
public sealed record FleetNeeds(uint VersionMask, int ExtranonceBytes, IReadOnlyList<string> Firmware)
{
    /// <summary>With less no firmware works, whatever it is told.</summary>
    public const int LeastExtranonceBytes = 2;

    /// <summary>What a single machine holds: one byte of extranonce1, three of extranonce2.</summary>
    public const int MachineExtranonceBytes = 4;

    /// <summary>What a farm's proxy holds that hands its extranonce2 on.</summary>
    public const int AggregatorExtranonceBytes = 8;

    /// <summary>A fleet of machines nobody has seen yet.</summary>
    public static FleetNeeds Unknown { get; } = new(0, MachineExtranonceBytes, []);
}
