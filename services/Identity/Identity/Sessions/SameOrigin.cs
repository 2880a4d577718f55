using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marketplace.Identity.Sessions;

/// <summary>
/// Refuses what another site makes a browser send (forged requests, and signing a visitor in as somebody else). A
/// browser says where a request comes from; a client that is no browser says nothing and carries no visitor's cookie.
/// </summary>
internal static class SameOrigin
{
    public static TBuilder RequireSameOrigin<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter((invocation, next) => IsForeign(invocation.HttpContext.Request)
            ? throw BusinessRuleException.Forbidden("foreign-origin", "This request came from another site.")
            : next(invocation));

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site != "same-origin";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
    }
}
