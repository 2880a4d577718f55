using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Metering;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Tests.ShareLog;
using Marketplace.HashrateProxy.Upstreams;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Simulators.Pools;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Tests.Contracts;

/// <summary>
/// The connections to one simulated pool, with one worker's seat on the first of them, on a clock that a test moves.
/// </summary>
internal sealed class DestinationBench : IUpstreamObserver, IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly string _directory = Directory.CreateTempSubdirectory("marketplace-destination-").FullName;
    private readonly SocketLoop _loop = new();
    private readonly AwakeTime _awake = new();
    private readonly ManualTimeProvider _time = new(At);
    private readonly ShareLogWriter _log;
    private readonly bool _isLastResort;

    public DestinationBench(bool isLastResort)
    {
        _isLastResort = isLastResort;
        Pool = new SimulatedPool(ContractScene.SettingsOf("pool"), TimeProvider.System);
        Pool.Start();
        var options = Options.Create(new ProxyOptions { ShareLogDirectory = _directory });
        _log = new ShareLogWriter(new FillableDisk(), options, _time, NullLogger<ShareLogWriter>.Instance);
        var services = new UpstreamServices(
            new PoolDialer(new SystemNameResolver(), new DialPolicy(AllowLoopback: true)),
            _loop,
            new LoginThrottle(options, _time),
            _awake,
            new ListedPools(options),
            _time,
            options,
            NullLogger<Upstream>.Instance);
        var factory = new UpstreamFactory(services, new ProofRecorder(_log));
        var source = new WorkSource(null, ContractScene.Rate, new ContractMeter(At));
        var target = new PoolTarget(default, PoolUrl.Parse(Pool.Url), "account.worker", "x", 0);
        Destination = new DestinationUpstreams(
            target, pool => factory.Connect(source, pool, Algorithm.Sha256dDemo, this));
        First.Seats.Take(new Extranonce([1]));
    }

    public SimulatedPool Pool { get; }

    public DestinationUpstreams Destination { get; }

    public Upstream First => Destination.Upstreams[0];

    /// <summary>A pool that took a share and never said what it thinks of it.</summary>
    public async Task FallSilentAsync()
    {
        await Eventually.TrueAsync(() => First.IsReady, ProxyWorld.Generous);
        Pool.Failures = new PoolFailures { StopsAnswering = true };
        First.Submit(new UpstreamShare(
            First.CurrentJob!, new Extranonce(new byte[8]), NTime: 0, Nonce: 0, VersionBits: null,
            new ContractMeter(At), IsCredited: false, IsUrgent: false, _time.GetUtcNow()));
        await Eventually.TrueAsync(() => Pool.Counters().RejectedShares == 1, ProxyWorld.Generous);
        Pool.Failures = PoolFailures.None;
    }

    public void BeatFor(TimeSpan duration)
    {
        for (var until = _time.GetUtcNow() + duration; _time.GetUtcNow() < until;)
        {
            SleepFor(Beat);
        }
    }

    public void SleepFor(TimeSpan duration)
    {
        _time.Advance(duration);
        Destination.KeepConnected(_time.GetUtcNow(), _isLastResort);
        _awake.Beat(_time.GetUtcNow());
    }

    void IUpstreamObserver.StateChanged(Upstream upstream)
    {
    }

    void IUpstreamObserver.Complained(Upstream upstream, PoolComplaint complaint)
    {
    }

    void IUpstreamObserver.JobArrived(Upstream upstream, UpstreamJob job)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await Destination.DisposeAsync();
        await Pool.DisposeAsync();
        _loop.Dispose();
        _log.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
