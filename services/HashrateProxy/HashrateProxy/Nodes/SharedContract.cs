using Marketplace.Messages.Ordering;

namespace Marketplace.HashrateProxy.Nodes;

/// <summary>A contract as it is now, and how the nodes share it; without any split this node is alone.</summary>
internal sealed record SharedContract(ContractChanged Desired, IReadOnlyList<ContractSplit> Splits);
