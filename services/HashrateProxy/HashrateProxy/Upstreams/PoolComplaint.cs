using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Upstreams;

/// <summary>Why a destination is left although it is connected and answers.</summary>
/// <param name="Fault">Who caused it: what the contract misses for want of a destination is counted there.</param>
/// <param name="Reason">A sentence for the log.</param>
internal sealed record PoolComplaint(Fault Fault, string Reason);
