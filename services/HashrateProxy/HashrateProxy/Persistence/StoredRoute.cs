namespace Marketplace.HashrateProxy.Persistence;

/// <summary>A contract as desired state, for every node.</summary>
internal sealed class StoredRoute
{
    public required ContractId ContractId { get; init; }

    public required OrganisationId RenterId { get; init; }

    public required OrganisationId SellerId { get; init; }

    /// <summary>The <c>ContractChanged</c> message.</summary>
    public required string Desired { get; set; }

    public required long Version { get; set; }
}
