using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// A downstream job in a worker's hands: one upstream, one work source, one difficulty, for ever. What a share of it is
/// worth is fixed here.
/// </summary>
/// <param name="number">
/// Of its record; null where the log had no room for it, so that no share of it can be taken.
/// </param>
/// <param name="job">What the worker was sent.</param>
/// <param name="upstreamJob">What it is made from.</param>
/// <param name="source">Whom its shares count for.</param>
/// <param name="terms">What its shares must meet and are worth.</param>
/// <param name="place">The worker's extranonce when it was given.</param>
/// <param name="sentAt">When the worker was sent it.</param>
internal sealed class AssignedJob(
    long? number,
    DownstreamJob job,
    UpstreamJob upstreamJob,
    WorkSource source,
    JobTerms terms,
    SessionPlace place,
    DateTimeOffset sentAt)
{
    private readonly long _number = number ?? 0;
    private readonly long _sentTicks = sentAt.UtcTicks;
    private long _honouredUntilTicks = long.MaxValue;

    public long? Number => _number == 0 ? null : _number;

    public DownstreamJob Job => job;

    public UpstreamJob UpstreamJob => upstreamJob;

    public WorkSource Source => source;

    public SessionPlace Place => place;

    public Difficulty Difficulty => terms.Difficulty;

    public DateTimeOffset SentAt => new(_sentTicks, TimeSpan.Zero);

    /// <summary>What one accepted share proves.</summary>
    public Work Work => terms.Work;

    /// <summary>The worker was moved away: late shares count until then and not longer.</summary>
    public void HonourUntil(DateTimeOffset until) =>
        Interlocked.CompareExchange(ref _honouredUntilTicks, until.UtcTicks, long.MaxValue);

    public bool IsHonoured(DateTimeOffset now) =>
        !upstreamJob.IsStale && now.UtcTicks <= Interlocked.Read(ref _honouredUntilTicks);
}
