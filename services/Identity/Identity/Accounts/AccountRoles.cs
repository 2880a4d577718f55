namespace Marketplace.Identity.Accounts;

/// <summary>What an account may do; the names stand in tokens.</summary>
internal static class AccountRoles
{
    public const string Renter = "renter";
    public const string Seller = "seller";
    public const string Finance = "finance";
    public const string Operator = "operator";

    /// <exception cref="BusinessRuleException"><c>role-not-open</c></exception>
    public static string RequireOpen(string? role) => role is Renter or Seller
        ? role
        : throw BusinessRuleException.Invalid(
            "role-not-open",
            $"An account is opened as '{Renter}' or '{Seller}'; other roles are given by the operator.");
}
