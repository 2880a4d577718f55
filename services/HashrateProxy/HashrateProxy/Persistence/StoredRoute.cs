namespace Marketplace.HashrateProxy.Persistence;

/// <summary>A contract as desired state, and how far this node is with it.</summary>
internal sealed class StoredRoute
{
    public required ContractId ContractId { get; init; }

    public required OrganisationId RenterId { get; init; }

    public required OrganisationId SellerId { get; init; }

    /// <summary>The <c>ContractChanged</c> message.</summary>
    public required string Desired { get; set; }

    public required long Version { get; set; }

    /// <summary>When the first job of the renter's pool reached a worker.</summary>
    public DateTimeOffset? FirstJobAt { get; set; }

    /// <summary>When the last worker left and the last minute was sealed; null while the route lives.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
}
