namespace Marketplace.ServiceDefaults.Security;

/// <summary>What a token must say to be believed; nothing of it is configurable.</summary>
public static class TokenRules
{
    public const string IdentityIssuer = "identity";
    public const string UserAudience = "marketplace";

    /// <summary>Who may sign as a service.</summary>
    internal static readonly string[] Services = ["identity", "catalog", "ordering", "billing", "proxy"];

    internal const string Algorithm = "ES256";

    /// <summary>Longest token that is read, in characters.</summary>
    internal const int MaxTokenLength = 4096;

    /// <summary>How far two clocks may differ.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
}
