using System.ComponentModel.DataAnnotations;
using Marketplace.Identity.Staff;

namespace Marketplace.Identity;

/// <summary>Section <c>Identity</c>.</summary>
internal sealed record IdentityServiceOptions : IValidatableObject
{
    public const string Section = "Identity";

    /// <summary>Hours until a session ends, whatever is done with it; 12 by default.</summary>
    [Range(1, 24 * 7)]
    public int SessionHours { get; init; } = 12;

    /// <summary>Sign-ins that one address may try per minute; 30 by default.</summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; init; } = 30;

    /// <summary>Accounts that one address may open per minute; 10 by default.</summary>
    [Range(1, 10_000)]
    public int RegistrationsPerMinute { get; init; } = 10;

    /// <summary>The organisation of the operator's own people; <c>Marketplace</c> by default.</summary>
    [Required]
    public string OperatorName { get; init; } = "Marketplace";

    /// <summary>Where the operator is, ISO 3166-1 alpha-2; <c>US</c> by default.</summary>
    [Required]
    public string OperatorCountryCode { get; init; } = "US";

    /// <summary>Accounts of the operator's own people that must exist; none by default.</summary>
    public IReadOnlyList<StaffMember> Staff { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var results = new List<ValidationResult>();
        foreach (var member in Staff)
        {
            Validator.TryValidateObject(member, new ValidationContext(member), results, validateAllProperties: true);
        }

        return results;
    }
}
