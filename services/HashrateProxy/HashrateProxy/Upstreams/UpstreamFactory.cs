using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Upstreams;

internal sealed class UpstreamFactory(PoolDialer dialer, TimeProvider time, ILogger<Upstream> logger)
{
    private readonly BlockRounds _rounds = new();

    /// <summary>Begins to connect; the observer hears when it is ready.</summary>
    public Upstream Connect(
        PoolTarget target, Algorithm algorithm, Difficulty? suggestion, IUpstreamObserver observer) =>
        new(target, algorithm, suggestion, observer, _rounds, dialer, time, logger);
}
