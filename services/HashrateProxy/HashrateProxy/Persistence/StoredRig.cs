namespace Marketplace.HashrateProxy.Persistence;

/// <summary>The newest snapshot of a rig, as it was sent.</summary>
internal sealed class StoredRig
{
    public required RigId Id { get; init; }

    public required OrganisationId SellerId { get; set; }

    /// <summary>The <c>RigChanged</c> message.</summary>
    public required string Desired { get; set; }

    public required long Version { get; set; }
}
