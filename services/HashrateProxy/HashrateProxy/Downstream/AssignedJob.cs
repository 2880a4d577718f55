using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// A downstream job in a worker's hands: one upstream, one work source, one difficulty, for ever. What a share of it is
/// worth is fixed here.
/// </summary>
internal sealed class AssignedJob(DownstreamJob job, UpstreamJob upstreamJob, WorkSource source, Difficulty difficulty)
{
    private long _honouredUntilTicks = long.MaxValue;

    public DownstreamJob Job => job;

    public UpstreamJob UpstreamJob => upstreamJob;

    public WorkSource Source => source;

    public Difficulty Difficulty => difficulty;

    /// <summary>What one accepted share proves.</summary>
    public Work Work { get; } = Work.Of(job.Target, upstreamJob.Upstream.Algorithm);

    /// <summary>The worker was moved away: late shares count until then and not longer.</summary>
    public void HonourUntil(DateTimeOffset until) =>
        Interlocked.CompareExchange(ref _honouredUntilTicks, until.UtcTicks, long.MaxValue);

    public bool IsHonoured(DateTimeOffset now) =>
        !upstreamJob.IsStale && now.UtcTicks <= Interlocked.Read(ref _honouredUntilTicks);
}
