namespace Marketplace.Identity.Accounts;

/// <summary>Length is what counts (NIST SP 800-63B 3.1.1.2); there are no rules of composition.</summary>
internal static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;
    public const int MinUniqueCharacters = 4;

    /// <exception cref="BusinessRuleException"><c>password-too-weak</c></exception>
    public static string Require(string? password, string email)
    {
        var given = password ?? "";
        return given.Length <= MaxLength
            && given.Replace(email, "", StringComparison.OrdinalIgnoreCase).Length >= MinLength
            && given.Distinct().Count() >= MinUniqueCharacters
                ? given
                : throw BusinessRuleException.Invalid(
                    "password-too-weak",
                    $"Choose a password of {MinLength} to {MaxLength} characters: not your e-mail, no repetition.");
    }
}
