using Marketplace.HashrateProxy.Downstream;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Upstreams;

namespace Marketplace.HashrateProxy.Routing;

/// <summary>
/// Our connections to one destination of one work source. One carries any number of workers where the pool leaves bytes
/// for a prefix of ours; where it leaves none, a worker whose extranonce1 is taken needs another. Guarded by its
/// router's lock.
/// </summary>
internal sealed class DestinationUpstreams : IAsyncDisposable
{
    /// <summary>Connections to one destination: 256 workers each, where a pool leaves no bytes for a prefix.</summary>
    public const int MaxUpstreams = 64;

    /// <summary>A further connection that nobody needs is kept so long, for workers who come and go.</summary>
    public static readonly TimeSpan SpareTime = TimeSpan.FromSeconds(30);

    /// <summary>A destination that was left is tried again after so long, and after twice as long each time.</summary>
    public static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan LongestRest = TimeSpan.FromHours(12);

    private readonly Func<PoolTarget, Upstream> _connect;
    private readonly List<Upstream> _upstreams;
    private readonly RampWatch _ramp = new();
    private PoolComplaint? _complaint;
    private DateTimeOffset _restsUntil;
    private TimeSpan _rest = FirstRest;

    public DestinationUpstreams(PoolTarget target, Func<PoolTarget, Upstream> connect)
    {
        (Target, _connect) = (target, connect);
        _upstreams = [connect(target)];
    }

    /// <summary>Its priority may change while it is connected.</summary>
    public PoolTarget Target { get; set; }

    public IReadOnlyList<Upstream> Upstreams => _upstreams;

    public bool IsReady => _upstreams.Exists(upstream => upstream.IsReady);

    /// <summary>Since when it is ready, without a break.</summary>
    public DateTimeOffset ReadyAt =>
        _upstreams.Select(upstream => upstream.ReadyAt).Append(DateTimeOffset.MaxValue).Min();

    /// <summary>Who is at fault while it is not ready.</summary>
    public Fault Fault => _complaint?.Fault ?? _upstreams[0].Fault;

    /// <summary>
    /// The upstream on which this worker can hash: the one it is on, or one with a seat for it. When every seat is
    /// taken another connection is opened, and the worker has its place there once that is ready.
    /// </summary>
    public Upstream? SeatFor(WorkerConnection worker)
    {
        if (worker.CurrentUpstream is { IsReady: true } current
            && _upstreams.Contains(current) && worker.Fits(current))
        {
            return current;
        }

        var fitting = _upstreams.FindAll(upstream => upstream.IsReady && worker.Fits(upstream));
        var free = fitting.Find(worker.HasSeatOn);
        if (free is null && fitting.Count == _upstreams.Count && _upstreams.Count is > 0 and < MaxUpstreams)
        {
            _upstreams.Add(_connect(Target));
        }

        return free;
    }

    /// <summary>Gets a worker whose extranonce is too long for this pool another one.</summary>
    /// <returns>True when it fits now.</returns>
    public bool TryFit(WorkerConnection worker, DateTimeOffset now) =>
        _upstreams.Exists(upstream => upstream.IsReady && worker.TryFit(upstream, now));

    /// <summary>Workers wait for it to become harder.</summary>
    public bool IsHeldBack => _ramp.HoldsBack;

    /// <param name="full">The upstreams that had no room for all who were meant for them.</param>
    /// <param name="now">When.</param>
    /// <returns>One of them that stays too easy; null when there is none.</returns>
    public Upstream? WatchRamp(IReadOnlySet<Upstream> full, DateTimeOffset now)
    {
        var tooEasy = _upstreams.Where(full.Contains).MinBy(upstream => upstream.CurrentJob?.Difficulty);
        if (tooEasy is not { CurrentJob: { } job })
        {
            _ramp.Rest();
            return null;
        }

        return _ramp.HoldBack(job.Difficulty, now) ? null : tooEasy;
    }

    /// <summary>Lets its workers go elsewhere, whoever is to blame, and rests.</summary>
    public void Leave(PoolComplaint complaint, DateTimeOffset now)
    {
        CloseSoon();
        _upstreams.Clear();
        _ramp.Rest();
        (_complaint, _restsUntil) = (complaint, now + _rest);
        _rest = _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
    }

    /// <summary>
    /// Tries again after a rest, ends connections that are as good as gone, and lets go of those that were opened for
    /// workers who left.
    /// </summary>
    /// <param name="now">When.</param>
    /// <param name="isLastResort">Nothing else would take its workers.</param>
    public void KeepConnected(DateTimeOffset now, bool isLastResort)
    {
        if (_complaint is not null && now >= _restsUntil)
        {
            _complaint = null;
            _upstreams.Add(_connect(Target));
        }

        foreach (var upstream in _upstreams.ToList())
        {
            if (upstream.AilmentAt(now, isLastResort) is { } ailment && !(isLastResort && TryRelieve(upstream)))
            {
                upstream.End(ailment);
            }
        }

        foreach (var upstream in _upstreams.Skip(1)
            .Where(upstream => upstream.Seats.Taken == 0 && now - upstream.ReadyAt >= SpareTime).ToList())
        {
            _upstreams.Remove(upstream);
            upstream.CloseSoon();
        }
    }

    /// <summary>Late shares and their answers still pass for a while.</summary>
    public void CloseSoon() => _upstreams.ForEach(upstream => upstream.CloseSoon());

    public async ValueTask DisposeAsync()
    {
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }
    }

    /// <summary>
    /// Make before break: a connection that nothing stands in for keeps its workers on its last job until another to
    /// the same pool is ready. It may be well after all, and without it the machines would have nothing to do.
    /// </summary>
    /// <returns>False where nobody hashes there, so that nothing is lost by dialling anew.</returns>
    private bool TryRelieve(Upstream ailing)
    {
        if (!ailing.IsReady || ailing.Seats.Taken == 0)
        {
            return false;
        }

        if (_upstreams.Exists(other => other.IsReady && other.Seats.Taken == 0))
        {
            _upstreams.Remove(ailing);
            ailing.CloseSoon();
        }
        else if (_upstreams.TrueForAll(other => other.IsReady) && _upstreams.Count < MaxUpstreams)
        {
            _upstreams.Add(_connect(Target));
        }

        return true;
    }
}
