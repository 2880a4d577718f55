using System.Numerics;

namespace Marketplace.Simulators.Pools;

/// <summary>How a simulated pool lays out its jobs and what it asks of a share.</summary>
public sealed record PoolSettings
{
    /// <summary>Written into every coinbase between slashes, so that a worker can tell whose job it hashes.</summary>
    public required string CoinbaseText { get; init; }

    /// <summary>The loopback port; 0 lets the system choose.</summary>
    public int Port { get; init; }

    public Algorithm Algorithm { get; init; } = Algorithm.Sha256dDemo;

    /// <summary>
    /// Of an algorithm that only pools attest: which shares are good, by the SHA-256d of their headers as a number.
    /// Null takes them all.
    /// </summary>
    public Func<BigInteger, bool>? Attests { get; init; }

    public int Extranonce1SizeBytes { get; init; } = 4;

    public int Extranonce2SizeBytes { get; init; } = 8;

    /// <summary>What a login starts with.</summary>
    public Difficulty Difficulty { get; init; } = Difficulty.Of(50_000);

    /// <summary>A wish (<c>mining.suggest_difficulty</c>, <c>d=</c>) is raised to this; null ignores wishes.</summary>
    public Difficulty? EasiestDifficulty { get; init; } = Difficulty.Of(1);

    /// <summary>Null keeps the difficulty fixed.</summary>
    public VardiffSettings? Vardiff { get; init; }

    /// <summary>The version bits a miner may roll; null refuses version rolling.</summary>
    public uint? VersionMask { get; init; } = 0x1fffe000;

    /// <summary>The version of every job; no firmware agrees with one that has bits inside the mask.</summary>
    public uint JobVersion { get; init; } = 0x20000000;

    /// <summary>Bytes that only make the coinbase longer.</summary>
    public int CoinbasePaddingBytes { get; init; }

    /// <summary>How long a job is held before the next one is sent, in seconds.</summary>
    public int JobIntervalSeconds { get; init; } = 30;

    /// <summary>Every so many jobs the previous block changes and the job is clean; 0 keeps the first block.</summary>
    public int JobsPerBlock { get; init; } = 10;

    /// <summary>Sends <c>clean_jobs</c> with every job, also on an unchanged previous block.</summary>
    public bool EveryJobIsClean { get; init; }

    /// <summary>Shares of a job that a clean one replaced are still taken for so long, in milliseconds.</summary>
    public int StaleGraceMilliseconds { get; init; } = 1_000;

    /// <summary>The compact target of a block.</summary>
    public uint NetworkBits { get; init; } = 0x17056102;

    public PoolFailures Failures { get; init; } = PoolFailures.None;
}

/// <summary>A difficulty that follows the login's speed.</summary>
/// <param name="SharesPerMinute">What it steers to.</param>
/// <param name="RetargetSeconds">How often it looks.</param>
public sealed record VardiffSettings(int SharesPerMinute, int RetargetSeconds);
