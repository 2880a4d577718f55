namespace Marketplace.Simulators.Farms;

/// <summary>The kinds of firmware that a simulated farm mixes; each was read or seen in the field.</summary>
public static class FirmwareProfiles
{
    private const uint GeneralPurposeBits = 0x1fffe000;

    /// <summary>Antminer with version rolling: configures first and waits for every answer.</summary>
    public static FirmwareProfile Antminer { get; } = new()
    {
        Name = "antminer",
        UserAgent = "bmminer/2.0.0/Antminer S19 XP",
        VersionMask = GeneralPurposeBits,
        NeedsVersionRolling = true,
        Restart = Extranonce2Restart.OnCleanJob,
    };

    /// <summary>cgminer 4.11: knows no set_extranonce and restarts extranonce2 at 0 at every clean job.</summary>
    public static FirmwareProfile Cgminer { get; } = new()
    {
        Name = "cgminer",
        UserAgent = "cgminer/4.11.1",
        Restart = Extranonce2Restart.OnCleanJob,
        SubmitIds = SubmitIds.AlwaysFour,
    };

    /// <summary>An S9 from before version rolling; writes upper case hex.</summary>
    public static FirmwareProfile S9 { get; } = new()
    {
        Name = "s9",
        UserAgent = "bmminer/1.0.0",
        WritesUpperCaseHex = true,
        Restart = Extranonce2Restart.OnCleanJob,
    };

    /// <summary>Bitaxe: sends configure, subscribe, authorize and its wishes at once.</summary>
    public static FirmwareProfile Bitaxe { get; } = new()
    {
        Name = "bitaxe",
        UserAgent = "bitaxe/BM1370/v2.4.1",
        VersionMask = GeneralPurposeBits,
        PipelinesHandshake = true,
        SubscribesExtranonce = true,
        ObeysSetExtranonce = true,
        SuggestedDifficulty = Difficulty.Of(1_000),
    };

    /// <summary>A farm's own proxy: several names on one connection, each with a byte of the extranonce2.</summary>
    public static FirmwareProfile FarmProxy { get; } = new()
    {
        Name = "farm-proxy",
        UserAgent = "farm-proxy/1.0.0",
        VersionMask = GeneralPurposeBits,
        SubscribesExtranonce = true,
        ObeysSetExtranonce = true,
        SubmitIds = SubmitIds.Text,
        NamesPerConnection = 4,
        SmallestExtranonce2SizeBytes = 3,
    };

    /// <summary>One name on a connection: what fits pools with an extranonce2 of four bytes.</summary>
    public static IReadOnlyList<FirmwareProfile> SingleMachines { get; } = [Antminer, Cgminer, S9, Bitaxe];

    public static IReadOnlyList<FirmwareProfile> All { get; } = [Antminer, Cgminer, S9, Bitaxe, FarmProxy];
}
