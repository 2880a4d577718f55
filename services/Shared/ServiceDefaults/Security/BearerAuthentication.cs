using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.ServiceDefaults.Security;

/// <summary>Says which service an endpoint belongs to: a service token must be meant for it.</summary>
internal sealed record ServiceEndpoint(string Service);

/// <summary>Believes ES256 tokens of Identity and of known services, and nothing else.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenVerifier tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";
    public const string ServiceClaim = "service";
    public const string RoleClaim = "role";
    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var service = Context.GetEndpoint()?.Metadata.GetMetadata<ServiceEndpoint>()?.Service;
        if (tokens.Verify(header[Prefix.Length..], service) is not { } caller)
        {
            return Task.FromResult(AuthenticateResult.Fail("The token is not valid here."));
        }

        Context.Features.Set(caller);
        var ticket = new AuthenticationTicket(PrincipalOf(caller), SchemeName);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }

    private static ClaimsPrincipal PrincipalOf(Caller caller)
    {
        var claims = caller.Roles.Select(role => new Claim(RoleClaim, role)).ToList();
        claims.Add(caller.Service is { } service
            ? new Claim(ServiceClaim, service)
            : new Claim(ClaimTypes.NameIdentifier, caller.AccountId.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName, ClaimTypes.NameIdentifier, RoleClaim));
    }
}
