using Marketplace.HashrateProxy.Dialing;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>What all upstreams of a node share.</summary>
internal sealed class UpstreamServices(
    PoolDialer dialer,
    SocketLoop loop,
    LoginThrottle throttle,
    AwakeTime awake,
    ListedPools listed,
    TimeProvider time,
    IOptions<ProxyOptions> options,
    ILogger<Upstream> logger)
{
    public PoolDialer Dialer => dialer;

    public SocketLoop Loop => loop;

    public LoginThrottle Throttle => throttle;

    public AwakeTime Awake => awake;

    public ListedPools Listed => listed;

    public TimeProvider Time => time;

    public ILogger Logger => logger;

    public BlockRounds Rounds { get; } = new();

    public PoolHealthLimits Limits { get; } = new(
        TimeSpan.FromSeconds(options.Value.PoolSilenceSeconds), TimeSpan.FromSeconds(options.Value.PoolAnswerSeconds));
}
