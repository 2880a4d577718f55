namespace Marketplace.Messages.HashrateProxy;

/// <summary>This node has released every worker of the contract and sealed its last minute.</summary>
/// <param name="LastSequence">
/// The number of the contract's last reading on this node; zero when it never worked for it.
/// </param>
public sealed record ContractNodeClosed(Guid ContractId, string NodeName, long LastSequence, DateTimeOffset ReleasedAt);
