namespace Marketplace.Billing.Organisations;

/// <summary>Who stands on a document.</summary>
internal sealed class BilledOrganisation
{
    public required OrganisationId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string CountryCode { get; set; }

    public required string BillingEmail { get; set; }
}
