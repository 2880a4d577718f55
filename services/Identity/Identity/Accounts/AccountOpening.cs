using Marketplace.Identity.Database;
using Marketplace.ServiceDefaults.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Identity.Accounts;

/// <summary>Saves a new account, its new organisation and what is to be told about it, together.</summary>
internal sealed class AccountOpening(UserManager<Account> accounts)
{
    public const string EmailTaken = "email-taken";

    /// <summary>
    /// The user manager's store saves the context it shares with the caller: one transaction for all of it.
    /// </summary>
    /// <exception cref="BusinessRuleException">
    /// <c>email-taken</c>, <c>password-too-weak</c>, <c>account-invalid</c>
    /// </exception>
    public async Task OpenAsync(Account account, string password)
    {
        try
        {
            var result = await accounts.CreateAsync(account, PasswordRules.Require(password, account.Email ?? ""));
            if (!result.Succeeded)
            {
                throw Refusal(result);
            }
        }
        catch (DbUpdateException failure) when (failure.IsDuplicateOf(AccountDbContext.AccountEmailIndex))
        {
            throw Taken();
        }
    }

    private static BusinessRuleException Refusal(IdentityResult result)
    {
        var describer = new IdentityErrorDescriber();
        string[] taken = [describer.DuplicateEmail("").Code, describer.DuplicateUserName("").Code];
        return result.Errors.Any(error => taken.Contains(error.Code))
            ? Taken()
            : BusinessRuleException.Invalid(
                "account-invalid", string.Join(' ', result.Errors.Select(error => error.Description)));
    }

    private static BusinessRuleException Taken() =>
        new(EmailTaken, "There is an account with this e-mail address already; sign in instead.");
}
