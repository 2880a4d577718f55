using System.Net.Sockets;
using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Our standing connection to one destination for one work source: dials, comes back with a growing delay, and offers
/// the pool's newest job. Ready means authorised, with a difficulty and a job in hand.
/// </summary>
internal sealed class Upstream : IPoolSessionOwner, IAsyncDisposable
{
    /// <summary>After its source let go of it, it stays open so long for late shares and their answers.</summary>
    public static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(30);

    /// <summary>A pool that asks us to come back later is not waited for longer than this.</summary>
    public static readonly TimeSpan MaxReconnectWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(30);

    private readonly UpstreamServices _services;
    private readonly UpstreamTrail _trail;
    private readonly IUpstreamObserver _observer;
    private readonly Difficulty _suggestion;
    private readonly bool _mustBeListed;
    private readonly LiveJobs _jobs;
    private readonly JobWatch _watch = new();
    private readonly AnswerBook _answers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile PoolSession? _session;
    private volatile UpstreamJob? _job;
    private volatile bool _isAuthorised;
    private PoolUrl _url;
    private TimeSpan _retryDelay = FirstRetryDelay;

    /// <param name="target">The pool.</param>
    /// <param name="algorithm">What is hashed there.</param>
    /// <param name="source">For whom, and the hashrate it must be fit for.</param>
    /// <param name="observer">Told of all that happens.</param>
    /// <param name="trail">What the log says of it.</param>
    /// <param name="services">What all upstreams of the node share.</param>
    public Upstream(
        PoolTarget target,
        Algorithm algorithm,
        WorkSource source,
        IUpstreamObserver observer,
        UpstreamTrail trail,
        UpstreamServices services)
    {
        (Target, Algorithm, _url) = (target, algorithm, target.Url);
        (_observer, _trail, _services) = (observer, trail, services);
        _mustBeListed = source.ContractId is not null;
        _suggestion = UpstreamPace.MinimumDifficulty(source.Promised, algorithm);
        _jobs = new LiveJobs(this, services.Rounds);
        _answers = new AnswerBook(source.Promised, trail);
        _running = Task.Run(() => RunAsync(_stop.Token));
    }

    public PoolTarget Target { get; }

    public Algorithm Algorithm { get; }

    public UpstreamJob? CurrentJob => _job;

    /// <summary>The workers that hash here now.</summary>
    public Seats Seats { get; } = new();

    /// <summary>The version bits workers may roll here.</summary>
    public uint VersionMask => _session?.VersionMask ?? 0;

    public bool IsReady => _isAuthorised && _job is not null;

    /// <summary>Since when it is ready, without a break.</summary>
    public DateTimeOffset ReadyAt { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>
    /// Who is at fault while it is not ready: a refused login or address is the renter's, silence the pool's, and a
    /// pool that we took for the contract and list no more is ours.
    /// </summary>
    public Fault Fault { get; private set; } = Fault.Pool;

    /// <summary>Forwards a share. A share of an older connection cannot be forwarded any more.</summary>
    public void Submit(UpstreamShare share)
    {
        if (_session is not { } session || !session.Submit(share))
        {
            Unanswered(share);
        }
    }

    /// <summary>
    /// A share of a job of this upstream was credited: what its pool refuses next may put it in doubt.
    /// </summary>
    public void Credit(Work work, ContractMeter meter, DateTimeOffset at) =>
        Complain(_answers.Credit(work, meter, at));

    /// <summary>Why the connection, although it is up, is as good as gone; null when it is well.</summary>
    /// <param name="now">When.</param>
    /// <param name="isLastResort">Nothing else would take its workers.</param>
    public string? AilmentAt(DateTimeOffset now, bool isLastResort) => _session is { } session
        ? PoolHealth.AilmentOf(
            session.Signs, isLastResort ? _services.Limits.ForLastResort : _services.Limits, _services.Awake, now)
        : null;

    /// <summary>Ends the connection; it is made anew.</summary>
    public void End(string ailment) => _session?.End(ailment);

    /// <summary>Lets late shares through for a while, then closes.</summary>
    public void CloseSoon() => _stop.CancelAfter(LingerTime);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    void IPoolSessionOwner.Authorised(PoolSession session)
    {
        _services.Throttle.LoginAccepted(Target);
        _isAuthorised = true;
        _retryDelay = FirstRetryDelay;
        Fault = Fault.Pool;
        BecomeReady();
    }

    void IPoolSessionOwner.JobArrived(PoolSession session, PoolJob job)
    {
        var (isTaken, complaint) = _watch.See(job, _services.Time.GetUtcNow());
        if (complaint is not null)
        {
            _observer.Complained(this, complaint);
        }

        if (session.Difficulty is { } difficulty && isTaken)
        {
            var record = _trail.Notify(session, job, difficulty);
            Take(_jobs.Add(record, job, session.Extranonce, difficulty));
        }
    }

    /// <summary>The same host may move us to another of its ports; another is not what the renter gave us.</summary>
    void IPoolSessionOwner.ReconnectAsked(PoolSession session, ReconnectNotice notice)
    {
        if (_url.AfterReconnect(notice.Host, notice.Port) is not { } url)
        {
            _services.Logger.LogWarning("Pool {Pool} wants us at {Host}: ignored", Target.Url, notice.Host);
            return;
        }

        var wait = TimeSpan.FromSeconds(notice.WaitSeconds);
        _url = url;
        session.EndAfter(wait < MaxReconnectWait ? wait : MaxReconnectWait);
    }

    void IPoolSessionOwner.Answered(
        PoolSession session, UpstreamShare share, PoolAnswer answer, DateTimeOffset at)
    {
        if (answer.IsAccepted)
        {
            Note(share, PoolAnswerKind.Accepted);
            _answers.Accept(share, at);
            return;
        }

        Note(share, PoolAnswerKind.Refused, answer.Error);
        var isHarderNow = session.Difficulty is { } current && current > share.Job.Difficulty;
        var cause = RefusalCauses.Of(answer.Error, share.Job != _job, isHarderNow);
        Complain(_answers.Refuse(share, answer.Error, cause, at));
    }

    public void Unanswered(UpstreamShare share)
    {
        Note(share, PoolAnswerKind.Unanswered);
        share.Meter.Count(PoolAnswerKind.Unanswered, default, _services.Time.GetUtcNow());
    }

    private void Complain(PoolComplaint? complaint)
    {
        if (complaint is not null)
        {
            // It moves every worker: told on a thread that does not serve their sockets.
            _ = Task.Run(() => _observer.Complained(this, complaint));
        }
    }

    /// <summary>Who waits for an answer writes it down himself, since it counts by that.</summary>
    private void Note(UpstreamShare share, PoolAnswerKind answer, StratumError error = default)
    {
        if (share.Awaited is { } awaited)
        {
            awaited.Answered(answer, error);
        }
        else
        {
            _trail.Answer(share, answer, error);
        }
    }

    private void Take(UpstreamJob arrived)
    {
        var isFirst = _job is null;
        _job = arrived;
        if (isFirst)
        {
            BecomeReady();
        }
        else if (_isAuthorised)
        {
            _observer.JobArrived(this, arrived);
        }
    }

    private void BecomeReady()
    {
        if (IsReady)
        {
            ReadyAt = _services.Time.GetUtcNow();
            _observer.StateChanged(this);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (_mustBeListed)
                {
                    _services.Listed.Ensure(Algorithm, _url);
                }

                await _services.Throttle.TakeTurnAsync(Target, cancellationToken);
                await RunSessionAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unusable) when (unusable
                is PoolUnreachableException or PoolRefusedException or IOException or SocketException)
            {
                Blame(unusable);
            }

            await Task.Delay(_retryDelay, _services.Time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            _retryDelay = _retryDelay * 2 < MaxRetryDelay ? _retryDelay * 2 : MaxRetryDelay;
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        var line = new PoolLine(await _services.Dialer.DialAsync(_url, cancellationToken), _services.Loop);
        using var session = new PoolSession(line, Target, this, _services.Time);
        _session = session;
        _trail.Connect();
        try
        {
            await session.RunAsync(_suggestion, cancellationToken);
        }
        finally
        {
            _session = null;
            _isAuthorised = false;
            _job = null;
            _jobs.RetireAll();
            ReadyAt = DateTimeOffset.MaxValue;
            _observer.StateChanged(this);
        }
    }

    private void Blame(Exception unusable)
    {
        var isLogin = unusable is PoolRefusedException { Step: "authorize" };
        if (isLogin)
        {
            _services.Throttle.LoginRefused(Target);
        }

        Fault = isLogin || unusable is PoolUnreachableException { Step: "address" } ? Fault.Renter
            : unusable is PoolRefusedException { Step: ListedPools.Rule } ? Fault.Marketplace
            : Fault.Pool;
        _url = Target.Url;
        _services.Logger.LogWarning("Pool {Pool} cannot be used: {Reason}", Target.Url, unusable.Message);
    }
}
