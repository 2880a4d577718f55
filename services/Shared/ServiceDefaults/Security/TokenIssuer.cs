using Marketplace.Primitives;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>A person as a token describes them.</summary>
/// <param name="AuthenticatedAt">When they last proved who they are.</param>
public sealed record UserGrant(
    AccountId AccountId,
    OrganisationId OrganisationId,
    IReadOnlyCollection<string> Roles,
    IReadOnlyCollection<string> Scopes,
    DateTimeOffset AuthenticatedAt);

public sealed record IssuedToken(string Text, DateTimeOffset ExpiresAt);

/// <summary>Signs short ES256 tokens as an issuer whose private key this process holds.</summary>
public sealed class TokenIssuer(KeyRing keys, TimeProvider time)
{
    public static readonly TimeSpan UserTokenLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan ServiceTokenLifetime = TimeSpan.FromSeconds(60);

    /// <summary>A token of Identity for every service, audience <c>marketplace</c>.</summary>
    public IssuedToken IssueForUser(UserGrant user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = time.GetUtcNow();
        var claims = new TokenClaims
        {
            Issuer = TokenRules.IdentityIssuer,
            Subject = user.AccountId.ToString(),
            Audience = TokenRules.UserAudience,
            Organisation = user.OrganisationId.ToString(),
            Roles = [.. user.Roles],
            Scopes = [.. user.Scopes],
            AuthenticatedAt = user.AuthenticatedAt.ToUnixTimeSeconds(),
        };
        return Sign(claims, now, UserTokenLifetime);
    }

    /// <summary>A token of a service for one other service.</summary>
    public IssuedToken IssueForService(string service, string audience)
    {
        var now = time.GetUtcNow();
        var claims = new TokenClaims
        {
            Issuer = service,
            Subject = service,
            Audience = audience,
            AuthenticatedAt = now.ToUnixTimeSeconds(),
        };
        return Sign(claims, now, ServiceTokenLifetime);
    }

    private IssuedToken Sign(TokenClaims claims, DateTimeOffset now, TimeSpan lifetime)
    {
        var expiresAt = now + lifetime;
        var stamped = claims with
        {
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = expiresAt.ToUnixTimeSeconds(),
        };
        return new IssuedToken(CompactToken.Sign(stamped, keys.SigningKey(claims.Issuer)), expiresAt);
    }
}
