using Marketplace.Messages.Identity;

namespace Marketplace.Identity.Organisations;

internal enum OrganisationKind
{
    Customer,

    /// <summary>The marketplace's own; there is one.</summary>
    Operator,
}

/// <summary>Who owns things and stands on documents.</summary>
internal sealed class Organisation
{
    public const int MaxNameLength = 100;

    private Organisation(
        OrganisationId id,
        OrganisationKind kind,
        string name,
        string countryCode,
        string billingEmail,
        DateTimeOffset createdAt)
    {
        Id = id;
        Kind = kind;
        Name = name;
        CountryCode = countryCode;
        BillingEmail = billingEmail;
        CreatedAt = createdAt;
        Version = 1;
    }

    public OrganisationId Id { get; private set; }

    public OrganisationKind Kind { get; private set; }

    public string Name { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string CountryCode { get; private set; }

    public string BillingEmail { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Of <see cref="OrganisationChanged"/>: 1, 2, 3, ... without gaps.</summary>
    public long Version { get; private set; }

    /// <exception cref="BusinessRuleException"><c>organisation-name-invalid</c>, <c>country-unknown</c></exception>
    public static Organisation Create(string? name, string? countryCode, string billingEmail, TimeProvider time) =>
        Create(OrganisationKind.Customer, name, countryCode, billingEmail, time);

    /// <inheritdoc cref="Create(string, string, string, TimeProvider)"/>
    public static Organisation CreateOperator(
        string name, string countryCode, string billingEmail, TimeProvider time) =>
        Create(OrganisationKind.Operator, name, countryCode, billingEmail, time);

    public OrganisationChanged ToMessage() => new(Id.Value, Name, CountryCode, BillingEmail, Version);

    private static Organisation Create(
        OrganisationKind kind, string? name, string? countryCode, string billingEmail, TimeProvider time)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length is 0 or > MaxNameLength || trimmed.Any(char.IsControl))
        {
            throw BusinessRuleException.Invalid(
                "organisation-name-invalid", $"Name the organisation in 1 to {MaxNameLength} characters.");
        }

        return new Organisation(
            TypedId.New<OrganisationId>(time),
            kind,
            trimmed,
            Countries.Require(countryCode),
            billingEmail,
            time.GetUtcNow());
    }
}
