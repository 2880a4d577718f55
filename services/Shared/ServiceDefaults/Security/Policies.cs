namespace Marketplace.ServiceDefaults.Security;

/// <summary>
/// Who may call an endpoint: <c>.RequireAuthorization(Policies.Seller)</c>.
/// Where nothing is said it is <see cref="User"/>.
/// </summary>
public static class Policies
{
    /// <summary>Any signed-in person.</summary>
    public const string User = "user";

    public const string Renter = "renter";

    public const string Seller = "seller";

    public const string Finance = "finance";

    public const string Operator = "operator";

    /// <summary>Another service of the marketplace.</summary>
    public const string Service = "service";

    /// <summary>Any signed-in person or another service.</summary>
    public const string UserOrService = "user-or-service";
}
