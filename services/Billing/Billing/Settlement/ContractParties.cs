namespace Marketplace.Billing.Settlement;

/// <summary>Whose money a contract moves.</summary>
internal sealed record ContractParties(ContractId Contract, OrganisationId Renter, OrganisationId Seller);
