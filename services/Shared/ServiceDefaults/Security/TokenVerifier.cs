using System.Collections.Frozen;
using Marketplace.Primitives;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>Turns a token into a caller, or into nobody: what exactly was wrong is not told.</summary>
public sealed class TokenVerifier
{
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private readonly FrozenSet<string> _services;

    public TokenVerifier(KeyRing keys, TimeProvider time)
        : this(keys, time, TokenRules.Services)
    {
    }

    internal TokenVerifier(KeyRing keys, TimeProvider time, IEnumerable<string> services) =>
        (_keys, _time, _services) = (keys, time, services.ToFrozenSet(StringComparer.Ordinal));

    /// <param name="service">The service that is spoken to; null where only people may speak.</param>
    public Caller? Verify(string token, string? service)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (CompactToken.Verify(token, _keys.VerifyingKeyById) is not { } claims || !IsTimely(claims))
        {
            return null;
        }

        return claims.Audience == TokenRules.UserAudience ? UserOf(claims) : ServiceOf(claims, service);
    }

    private bool IsTimely(TokenClaims claims)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)TokenRules.ClockSkew.TotalSeconds;
        var longest = (long)TokenIssuer.UserTokenLifetime.TotalSeconds;
        return claims.IssuedAt <= now + skew
            && claims.ExpiresAt > now - skew
            && claims.ExpiresAt > claims.IssuedAt
            && claims.ExpiresAt - claims.IssuedAt <= longest;
    }

    private static Caller? UserOf(TokenClaims claims) =>
        claims.Issuer == TokenRules.IdentityIssuer
        && AccountId.TryParse(claims.Subject, out var account)
        && OrganisationId.TryParse(claims.Organisation, out var organisation)
            ? new Caller(
                account, organisation, claims.Roles.ToFrozenSet(StringComparer.Ordinal),
                claims.Scopes.ToFrozenSet(StringComparer.Ordinal), Service: null,
                DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt))
            {
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt),
            }
            : null;

    private Caller? ServiceOf(TokenClaims claims, string? service) =>
        service is not null
        && claims.Audience == service
        && claims.Issuer == claims.Subject
        && _services.Contains(claims.Issuer)
        && claims.ExpiresAt - claims.IssuedAt <= (long)TokenIssuer.ServiceTokenLifetime.TotalSeconds
            ? new Caller(
                default, default, FrozenSet<string>.Empty, FrozenSet<string>.Empty, claims.Issuer,
                DateTimeOffset.FromUnixTimeSeconds(claims.AuthenticatedAt))
            {
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt),
            }
            : null;
}
