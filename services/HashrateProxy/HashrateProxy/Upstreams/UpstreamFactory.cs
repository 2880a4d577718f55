using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.ShareLog;

namespace Marketplace.HashrateProxy.Upstreams;

internal sealed class UpstreamFactory(UpstreamServices services, ProofRecorder records)
{
    /// <summary>Begins to connect; the observer hears when it is ready.</summary>
    /// <param name="source">For whom.</param>
    /// <param name="target">The pool.</param>
    /// <param name="algorithm">What is hashed there.</param>
    /// <param name="observer">Told of all that happens.</param>
    public Upstream Connect(WorkSource source, PoolTarget target, Algorithm algorithm, IUpstreamObserver observer)
    {
        var trail = new UpstreamTrail(source.ContractId, target, algorithm, records);
        return new Upstream(target, algorithm, source, observer, trail, services);
    }
}
