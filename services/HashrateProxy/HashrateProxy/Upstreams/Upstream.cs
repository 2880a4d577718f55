using System.Net.Sockets;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>
/// Our standing connection to one destination for one work source: dials, comes back with a growing delay, and offers
/// the pool's newest job. Ready means authorised with a job in hand.
/// </summary>
internal sealed class Upstream : IPoolSessionOwner, IAsyncDisposable
{
    /// <summary>After its source let go of it, it stays open so long for late shares and their answers.</summary>
    public static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(30);

    private readonly LiveJobs _jobs;
    private readonly UpstreamTrail _trail;
    private readonly PoolDialer _dialer;
    private readonly SocketLoop _loop;
    private readonly IUpstreamObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Difficulty _suggestion;
    private readonly AnswerBook _answers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile PoolSession? _session;
    private volatile UpstreamJob? _job;
    private volatile bool _isAuthorised;
    private TimeSpan _retryDelay = FirstRetryDelay;

    public Upstream(
        PoolTarget target,
        Algorithm algorithm,
        Hashrate promised,
        IUpstreamObserver observer,
        BlockRounds rounds,
        UpstreamTrail trail,
        PoolDialer dialer,
        SocketLoop loop,
        TimeProvider time,
        ILogger logger)
    {
        Target = target;
        Algorithm = algorithm;
        _jobs = new LiveJobs(this, rounds);
        _suggestion = UpstreamPace.MinimumDifficulty(promised, algorithm);
        _answers = new AnswerBook(promised, time);
        (_observer, _trail, _dialer, _loop) = (observer, trail, dialer, loop);
        (_time, _logger) = (time, logger);
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
    /// Who is at fault while it is not ready: a refused login or address is the renter's, silence the pool's.
    /// </summary>
    public Fault Fault { get; private set; } = Fault.Pool;

    /// <summary>Forwards a share. A share of an older connection cannot be forwarded any more.</summary>
    public void Submit(in UpstreamShare share)
    {
        if (_session is not { } session || !session.Submit(share))
        {
            Unanswered(share);
        }
    }

    /// <summary>
    /// A share of a job of this upstream was credited: what its pool refuses next may put it in doubt.
    /// </summary>
    public void Credit(Work work, ContractMeter meter, DateTimeOffset at) => _answers.Credit(work, meter, at);

    /// <summary>Lets late shares through for a while, then closes.</summary>
    public void CloseSoon() => _stop.CancelAfter(LingerTime);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    void IPoolSessionOwner.Asked(string request)
    {
        // Only the pool check keeps a transcript.
    }

    void IPoolSessionOwner.LineSeen(ReadOnlySpan<byte> line)
    {
        // Only the pool check keeps a transcript.
    }

    void IPoolSessionOwner.Authorised(PoolSession session)
    {
        _isAuthorised = true;
        _retryDelay = FirstRetryDelay;
        Fault = Fault.Pool;
        BecomeReady();
    }

    void IPoolSessionOwner.JobArrived(PoolSession session, PoolJob job)
    {
        var previous = _job;
        var arrived = _jobs.Add(_trail.Notify(session, job), job, session.Extranonce, session.Difficulty);
        _job = arrived;
        if (previous is null)
        {
            BecomeReady();
        }
        else if (_isAuthorised)
        {
            _observer.JobArrived(this, arrived);
        }
    }

    void IPoolSessionOwner.Answered(PoolSession session, in UpstreamShare share, PoolAnswer answer)
    {
        if (answer.IsAccepted)
        {
            _trail.Answer(share, PoolAnswerKind.Accepted);
            _answers.Accept(share);
            return;
        }

        _trail.Answer(share, PoolAnswerKind.Refused, answer.Error);

        var cause = RefusalCauses.Of(answer.Error, share.Job != _job, session.Difficulty > share.Job.Difficulty);
        if (_answers.Refuse(share, answer.Error, cause) is { } complaint)
        {
            _observer.Complained(this, complaint);
        }
    }

    public void Unanswered(in UpstreamShare share)
    {
        _trail.Answer(share, PoolAnswerKind.Unanswered);
        _answers.Unanswered(share);
    }

    private void BecomeReady()
    {
        if (IsReady)
        {
            ReadyAt = _time.GetUtcNow();
            _observer.StateChanged(this);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unusable) when (unusable
                is PoolUnreachableException or PoolRefusedException or IOException or SocketException)
            {
                Fault = unusable is PoolRefusedException { Step: "authorize" }
                    or PoolUnreachableException { Step: "address" }
                    ? Fault.Renter
                    : Fault.Pool;
                _logger.LogWarning("Pool {Pool} cannot be used: {Reason}", Target.Url, unusable.Message);
            }

            await Task.Delay(_retryDelay, _time, cancellationToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            _retryDelay = _retryDelay * 2 < MaxRetryDelay ? _retryDelay * 2 : MaxRetryDelay;
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        var line = new PoolLine(await _dialer.DialAsync(Target.Url, cancellationToken), _loop);
        using var session = new PoolSession(line, Target, this, _time);
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
}
