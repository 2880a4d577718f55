namespace Marketplace.Messages.Billing;

/// <summary>The money of an order is held; the contract may start.</summary>
public sealed record OrderPaid(Guid OrderId, Guid ContractId, DateTimeOffset PaidAt);
