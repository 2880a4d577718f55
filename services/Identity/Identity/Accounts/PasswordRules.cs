namespace Marketplace.Identity.Accounts;

/// <summary>Length is what counts (NIST SP 800-63B 3.1.1.2); there are no rules of composition.</summary>
internal static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;
    public const int MinUniqueCharacters = 4;

    /// <summary>A shorter name may stand in a password by chance.</summary>
    private const int ShortestGuessedName = 4;

    /// <exception cref="BusinessRuleException"><c>password-too-weak</c></exception>
    public static string Require(string? password, string email)
    {
        var given = password ?? "";
        return given.Length <= MaxLength
            && WithoutEmail(given, email).Length >= MinLength
            && given.Distinct().Count() >= MinUniqueCharacters
                ? given
                : throw BusinessRuleException.Invalid(
                    "password-too-weak",
                    $"Choose a password of {MinLength} to {MaxLength} characters that is not a repetition and not your e-mail.");
    }

    private static string WithoutEmail(string password, string email)
    {
        var name = email.Split('@')[0];
        var rest = password.Replace(email, "", StringComparison.OrdinalIgnoreCase);
        return name.Length >= ShortestGuessedName ? rest.Replace(name, "", StringComparison.OrdinalIgnoreCase) : rest;
    }
}
