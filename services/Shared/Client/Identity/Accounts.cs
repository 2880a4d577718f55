namespace Marketplace.Client.Identity;

/// <summary>Opens an account with an organisation of its own.</summary>
/// <param name="Role"><c>renter</c> or <c>seller</c>; the operator's own people are made by configuration.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2; decides the tax on documents.</param>
public sealed record RegisterAccount(
    string Email,
    string Password,
    string OrganisationName,
    string CountryCode,
    string Role);

public sealed record SignIn(string Email, string Password);

/// <summary>Who is signed in.</summary>
public sealed record SessionInfo(
    AccountId AccountId,
    string Email,
    OrganisationId OrganisationId,
    string OrganisationName,
    IReadOnlyList<string> Roles);

/// <summary>A short token for the other services, as <c>Authorization: Bearer</c>.</summary>
public sealed record AccessToken(string Token, DateTimeOffset ExpiresAt);
