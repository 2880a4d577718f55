using Marketplace.HashrateProxy.Routing;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Upstreams;

internal sealed class UpstreamFactory(PoolDialer dialer, TimeProvider time, ILogger<Upstream> logger)
{
    private readonly BlockRounds _rounds = new();

    /// <summary>Begins to connect; the observer hears when it is ready.</summary>
    /// <param name="target">The pool.</param>
    /// <param name="algorithm">What is hashed there.</param>
    /// <param name="promised">The hashrate it must be fit for.</param>
    /// <param name="observer">Told of all that happens.</param>
    public Upstream Connect(
        PoolTarget target, Algorithm algorithm, Hashrate promised, IUpstreamObserver observer) =>
        new(target, algorithm, promised, observer, _rounds, dialer, time, logger);
}
