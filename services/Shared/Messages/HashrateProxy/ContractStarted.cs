namespace Marketplace.Messages.HashrateProxy;

/// <summary>The first job of a renter's pool reached a worker.</summary>
public sealed record ContractStarted(Guid ContractId, string NodeName, DateTimeOffset FirstJobAt);
