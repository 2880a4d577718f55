using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>A pool's job with the difficulty it was given at, which stays its difficulty for ever.</summary>
/// <param name="number">Of its record; null where the log had no room for it.</param>
/// <param name="upstream">Where it came from.</param>
/// <param name="job">As it was sent.</param>
/// <param name="extranonce">What was in force when it came.</param>
/// <param name="difficulty">What the pool asked when it came.</param>
/// <param name="round">The block it builds on.</param>
internal sealed class UpstreamJob(
    long? number,
    Upstream upstream,
    PoolJob job,
    ExtranonceAssignment extranonce,
    Difficulty difficulty,
    BlockRound round)
{
    private volatile bool _isStale;

    public long? Number => number;

    public Upstream Upstream => upstream;

    public PoolJob Job => job;

    public ExtranonceAssignment Extranonce => extranonce;

    public Difficulty Difficulty => difficulty;

    /// <summary>What a share must meet to be forwarded.</summary>
    public Target Target { get; } = difficulty.ToTarget(upstream.Algorithm);

    /// <summary>What the pool takes a share of it for, whatever we credited.</summary>
    public Work PoolWork { get; } = Work.Of(difficulty.ToTarget(upstream.Algorithm), upstream.Algorithm);

    /// <summary>Header spaces and seen headers of the block this job builds on, shared with its sibling jobs.</summary>
    public BlockRound Round => round;

    /// <summary>True once the pool has voided it.</summary>
    public bool IsStale => _isStale;

    public void Retire() => _isStale = true;
}
