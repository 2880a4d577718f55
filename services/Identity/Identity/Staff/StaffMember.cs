using System.ComponentModel.DataAnnotations;
using Marketplace.Identity.Accounts;

namespace Marketplace.Identity.Staff;

/// <summary>One entry of <c>Identity:Staff</c>.</summary>
internal sealed record StaffMember
{
    [Required]
    [EmailAddress]
    public string Email { get; init; } = "";

    /// <summary>
    /// Set when the account is made; a later change of the setting does not change an account that exists.
    /// </summary>
    [Required]
    [StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)]
    public string Password { get; init; } = "";

    /// <summary><c>finance</c> or <c>operator</c>.</summary>
    [Required]
    [AllowedValues(AccountRoles.Finance, AccountRoles.Operator)]
    public string Role { get; init; } = "";
}
