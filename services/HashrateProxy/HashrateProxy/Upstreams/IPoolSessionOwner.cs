using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>What becomes of what a pool says; called from the session's loop.</summary>
internal interface IPoolSessionOwner
{
    void Authorised(PoolSession session);

    void JobArrived(PoolSession session, PoolJob job);

    /// <summary>The pool wants us to connect anew.</summary>
    void ReconnectAsked(PoolSession session, ReconnectNotice notice);

    void Answered(PoolSession session, UpstreamShare share, PoolAnswer answer, DateTimeOffset at);

    /// <summary>The connection ended before the pool said anything to this share.</summary>
    void Unanswered(UpstreamShare share);
}
