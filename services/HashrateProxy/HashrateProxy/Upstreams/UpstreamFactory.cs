using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Upstreams;

internal sealed class UpstreamFactory(
    PoolDialer dialer, SocketLoop loop, ProofRecorder records, TimeProvider time, ILogger<Upstream> logger)
{
    private readonly BlockRounds _rounds = new();

    /// <summary>Begins to connect; the observer hears when it is ready.</summary>
    /// <param name="contractId">Whose destination it is; null for an owner's own pool.</param>
    /// <param name="target">The pool.</param>
    /// <param name="algorithm">What is hashed there.</param>
    /// <param name="promised">The hashrate it must be fit for.</param>
    /// <param name="observer">Told of all that happens.</param>
    public Upstream Connect(
        ContractId? contractId,
        PoolTarget target,
        Algorithm algorithm,
        Hashrate promised,
        IUpstreamObserver observer)
    {
        var trail = new UpstreamTrail(contractId, target, algorithm, records);
        return new Upstream(target, algorithm, promised, observer, _rounds, trail, dialer, loop, time, logger);
    }
}
