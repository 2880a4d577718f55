namespace Marketplace.Simulators.Farms;

/// <summary>What one kind of mining firmware says and how it walks its search space.</summary>
public sealed record FirmwareProfile
{
    public required string Name { get; init; }

    /// <summary>The first parameter of <c>mining.subscribe</c>.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The version bits it asks to roll; null does not configure at all.</summary>
    public uint? VersionMask { get; init; }

    /// <summary>Does not mine where version rolling is refused (cgminer and its kin).</summary>
    public bool NeedsVersionRolling { get; init; }

    /// <summary>Sends its whole handshake without waiting for an answer.</summary>
    public bool PipelinesHandshake { get; init; }

    public bool SubscribesExtranonce { get; init; }

    /// <summary>False ignores <c>mining.set_extranonce</c> like an unknown method.</summary>
    public bool ObeysSetExtranonce { get; init; }

    public Difficulty? SuggestedDifficulty { get; init; }

    public bool WritesUpperCaseHex { get; init; }

    public SubmitIds SubmitIds { get; init; } = SubmitIds.Counting;

    public Extranonce2Restart Restart { get; init; } = Extranonce2Restart.OnEveryJob;

    /// <summary>Names on one connection; more than one is a farm proxy that aggregates.</summary>
    public int NamesPerConnection { get; init; } = 1;

    /// <summary>Below this it cannot give every one of its workers a space of its own, and hangs up.</summary>
    public int SmallestExtranonce2SizeBytes { get; init; } = 2;

    /// <summary>Above this it hashes but never submits (cgminer and its kin).</summary>
    public int LargestExtranonce2SizeBytes { get; init; } = 8;
}

/// <summary>How the ids of <c>mining.submit</c> are chosen.</summary>
public enum SubmitIds
{
    Counting,

    /// <summary>Strings, as bfgminer sends them.</summary>
    Text,

    /// <summary>The id 4 for every share, as pooler's cpuminer does.</summary>
    AlwaysFour,
}

/// <summary>When the extranonce2 begins at zero again.</summary>
public enum Extranonce2Restart
{
    OnEveryJob,

    /// <summary>At every clean job, also when the job did not change.</summary>
    OnCleanJob,
}
