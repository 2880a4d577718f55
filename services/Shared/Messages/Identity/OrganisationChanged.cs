namespace Marketplace.Messages.Identity;

/// <summary>Who stands on documents and who may own things.</summary>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
public sealed record OrganisationChanged(
    Guid OrganisationId,
    string Name,
    string CountryCode,
    string BillingEmail,
    long Version) : IVersioned
{
    Guid IVersioned.AggregateId => OrganisationId;
}
