using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>A share that is credited on its pool's word alone. Somebody waits for it.</summary>
internal interface IAwaitedShare
{
    /// <summary>Told once: what the pool said, or that it will not say anything.</summary>
    void Answered(PoolAnswerKind answer, StratumError error);
}
