using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>What becomes of what a pool says; called from the session's loop.</summary>
internal interface IPoolSessionOwner
{
    /// <summary>A request of the handshake went out; secrets are masked in it.</summary>
    void Asked(string request);

    void LineSeen(ReadOnlySpan<byte> line);

    void Authorised(PoolSession session);

    void JobArrived(PoolSession session, PoolJob job);

    void Answered(PoolSession session, in UpstreamShare share, PoolAnswer answer);

    /// <summary>The connection ended before the pool said anything to this share.</summary>
    void Unanswered(in UpstreamShare share);
}
