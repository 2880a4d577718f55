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

    /// <summary>Its shares are credited when the pool accepts them; by us they cannot be judged.</summary>
    public bool IsPoolAttested => upstream.Algorithm.IsPoolAttested;

    /// <summary>What a share must meet to be forwarded: anything does where the pool alone can tell.</summary>
    public Target Target { get; } =
        upstream.Algorithm.IsPoolAttested ? Target.Max : difficulty.ToTarget(upstream.Algorithm);

    /// <summary>What a share must meet to be a block: nothing is one where the pool alone can tell.</summary>
    public Target BlockTarget { get; } = upstream.Algorithm.IsPoolAttested ? default : job.BlockTarget;

    /// <summary>What the pool takes a share of it for, whatever we credited.</summary>
    public Work PoolWork { get; } = Work.Of(difficulty.ToTarget(upstream.Algorithm), upstream.Algorithm);

    /// <summary>Header spaces and seen headers of the block this job builds on, shared with its sibling jobs.</summary>
    public BlockRound Round => round;

    /// <summary>
    /// What a worker is given that should have another: above the pool's, shares that the pool pays for would be lost;
    /// below it, every share that the pool must judge would be refused.
    /// </summary>
    public Difficulty Allowed(Difficulty wanted) =>
        wanted < difficulty && !upstream.Algorithm.IsPoolAttested ? wanted : difficulty;

    /// <summary>True once the pool has voided it.</summary>
    public bool IsStale => _isStale;

    public void Retire() => _isStale = true;
}
