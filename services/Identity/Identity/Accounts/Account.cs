using System.Net.Mail;
using Marketplace.Identity.Organisations;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Identity.Accounts;

/// <summary>A person's account; belongs to one organisation.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    public const int MaxEmailLength = 254;

    private Account()
    {
    }

    public OrganisationId OrganisationId { get; private set; }

    public string[] Roles { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public AccountId AccountId => AccountId.From(Id);

    /// <exception cref="BusinessRuleException"><c>email-invalid</c></exception>
    public static Account Create(string? email, Organisation organisation, string role, TimeProvider time)
    {
        var address = RequireEmail(email);
        return new Account
        {
            Id = TypedId.New<AccountId>(time).Value,
            UserName = address,
            Email = address,
            LockoutEnabled = true,
            OrganisationId = organisation.Id,
            Roles = [role],
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <exception cref="BusinessRuleException"><c>email-invalid</c></exception>
    public static string RequireEmail(string? email)
    {
        var given = email?.Trim() ?? "";
        return given.Length <= MaxEmailLength
            && MailAddress.TryCreate(given, out var address)
            && address.Address == given
            ? given
            : throw BusinessRuleException.Invalid("email-invalid", "Give an e-mail address such as name@example.com.");
    }
}
