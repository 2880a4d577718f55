using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Whom a worker hashes for: a contract, or the rig's owner. It keeps one upstream per destination connected and says
/// which one counts now. Guarded by its router's lock.
/// </summary>
internal sealed class WorkSource(ContractId? contractId, ContractMeter meter) : IAsyncDisposable
{
    /// <summary>How long a better destination must have been ready before work goes back to it.</summary>
    public static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A fresh list of destinations gives its first one so long to answer before a lower one is taken.
    /// </summary>
    public static readonly TimeSpan FirstChoiceTime = TimeSpan.FromSeconds(2);

    private readonly List<Upstream> _upstreams = [];
    private DateTimeOffset _firstAskedAt = DateTimeOffset.MaxValue;
    private Upstream? _active;

    /// <summary>Null for the owner's own pools.</summary>
    public ContractId? ContractId => contractId;

    public ContractMeter Meter => meter;

    public DateTimeOffset? FirstJobAt { get; set; }

    public IReadOnlyList<Upstream> Upstreams => _upstreams;

    /// <summary>
    /// Connects to destinations that are new and lets go of those that are gone; the rest is not touched.
    /// </summary>
    public IEnumerable<Upstream> Replace(IReadOnlyList<PoolTarget> targets, Func<PoolTarget, Upstream> connect)
    {
        var gone = _upstreams.Where(upstream => !targets.Contains(upstream.Target)).ToList();
        _upstreams.RemoveAll(gone.Contains);
        foreach (var target in targets.Where(target => _upstreams.TrueForAll(upstream => upstream.Target != target)))
        {
            _upstreams.Add(connect(target));
        }

        _upstreams.Sort((left, right) => left.Target.Priority.CompareTo(right.Target.Priority));
        return gone;
    }

    /// <summary>
    /// The upstream to hash for: the best one that is ready. A better one that comes back must stay ready for a while
    /// first.
    /// </summary>
    public Upstream? Active(DateTimeOffset now)
    {
        var best = _upstreams.Find(upstream => upstream.IsReady);
        var mayStay = _active is { IsReady: true } && _upstreams.Contains(_active);
        _firstAskedAt = now < _firstAskedAt ? now : _firstAskedAt;
        if (!mayStay && best != _upstreams.FirstOrDefault() && now - _firstAskedAt < FirstChoiceTime)
        {
            return null;
        }

        if (!mayStay || (best != _active && best is not null && now - best.ReadyAt >= ReturnAfter))
        {
            _active = best;
        }

        return _active;
    }

    /// <summary>Who is at fault while no destination works.</summary>
    public Fault Fault => _upstreams.Exists(upstream => upstream.Fault == Fault.Renter) ? Fault.Renter : Fault.Pool;

    public async ValueTask DisposeAsync()
    {
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }
    }
}
