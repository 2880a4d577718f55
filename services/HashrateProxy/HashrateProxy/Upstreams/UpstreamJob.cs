using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>A pool's job with the difficulty it was given at, which stays its difficulty for ever.</summary>
internal sealed class UpstreamJob(
    Upstream upstream, PoolJob job, ExtranonceAssignment extranonce, Difficulty difficulty, BlockRound round)
{
    private volatile bool _isStale;

    public Upstream Upstream => upstream;

    public PoolJob Job => job;

    /// <summary>The extranonce that was in force when the job came.</summary>
    public ExtranonceAssignment Extranonce => extranonce;

    public Difficulty Difficulty => difficulty;

    /// <summary>What a share must meet to be forwarded.</summary>
    public Target Target { get; } = difficulty.ToTarget(upstream.Algorithm);

    /// <summary>Header spaces and seen headers of the block this job builds on, shared with its sibling jobs.</summary>
    public BlockRound Round => round;

    /// <summary>True once the pool has voided it.</summary>
    public bool IsStale => _isStale;

    public void Retire() => _isStale = true;
}
