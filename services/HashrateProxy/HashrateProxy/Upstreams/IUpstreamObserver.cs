namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Told by an upstream, from its own loop, while it holds no lock.</summary>
internal interface IUpstreamObserver
{
    /// <summary>It became ready, or was lost.</summary>
    void StateChanged(Upstream upstream);

    /// <summary>It works, but must not be worked for.</summary>
    void Complained(Upstream upstream, PoolComplaint complaint);

    void JobArrived(Upstream upstream, UpstreamJob job);
}
