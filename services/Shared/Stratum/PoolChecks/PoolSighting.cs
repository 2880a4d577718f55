using Marketplace.Primitives;

namespace Marketplace.Stratum;

/// <summary>What a probe saw of a pool, from its first answer on.</summary>
public sealed record PoolSighting
{
    /// <summary>Where it ended and why; null when a job was seen.</summary>
    public PoolFailure? Failure { get; init; }

    public ExtranonceAssignment Extranonce { get; init; }

    /// <summary>The version bits it lets us roll, of those we asked for.</summary>
    public uint VersionMask { get; init; }

    /// <summary>The newest; difficulty 1 until the pool says otherwise.</summary>
    public Difficulty Difficulty { get; init; } = Difficulty.Of(1);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SeenJob> Jobs { get; init; } = [];

    /// <summary>From the first job to the end of the probe.</summary>
    public TimeSpan Watched { get; init; }

    /// <summary>Its fastest answer to one of our requests.</summary>
    public TimeSpan Ping { get; init; }

    /// <summary>Where it asked us to go instead; empty when it did not.</summary>
    public string RedirectHost { get; init; } = "";

    /// <summary>Its message for people; empty when it sent none.</summary>
    public string Message { get; init; } = "";
}

/// <param name="Step"><c>configure</c>, <c>subscribe</c>, <c>authorize</c> or <c>job</c>.</param>
public sealed record PoolFailure(string Step, string Reason);

/// <param name="ClockSkew">The job's time less ours, when it came.</param>
public sealed record SeenJob(PoolJob Job, ExtranonceAssignment Extranonce, TimeSpan ClockSkew)
{
    /// <summary>Of the whole coinbase, as a worker hashes it.</summary>
    public int CoinbaseBytes => Job.Coinbase1.Length + Extranonce.Extranonce1.Length + Extranonce.Extranonce2Bytes
        + Job.Coinbase2.Length;
}
