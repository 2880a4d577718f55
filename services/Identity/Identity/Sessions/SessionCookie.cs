using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity.Sessions;

/// <summary>The cookie that carries a session's id, sealed by this service's key ring.</summary>
internal static class SessionCookie
{
    public const string Name = "marketplace-session";
    private const string Scheme = "session";
    private const string SessionIdClaim = "sid";

    public static void AddSessionCookie(this IServiceCollection services) =>
        services.AddAuthentication().AddCookie(Scheme, options =>
        {
            options.Cookie.Name = Name;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.Path = "/";
            options.CookieManager = new HostPrefixCookieManager();
            options.SlidingExpiration = false;
        });

    public static Task WriteAsync(HttpContext http, Session session)
    {
        var identity = new ClaimsIdentity([new Claim(SessionIdClaim, session.Id.ToString())], Scheme);
        var properties = new AuthenticationProperties
        {
            IsPersistent = true,
            IssuedUtc = session.SignedInAt,
            ExpiresUtc = session.EndsAt,
        };
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), properties);
    }

    public static async Task<SessionId?> ReadAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(Scheme);
        return TypedId.TryParse<SessionId>(result.Principal?.FindFirstValue(SessionIdClaim), out var id) ? id : null;
    }

    public static Task DeleteAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>
    /// Over TLS the name gets the prefix that makes browsers refuse it from a subdomain or without Secure; a demo on
    /// loopback has no TLS, and a browser would drop a cookie with that prefix there.
    /// </summary>
    private sealed class HostPrefixCookieManager : ICookieManager
    {
        private readonly ChunkingCookieManager _inner = new();

        public string? GetRequestCookie(HttpContext context, string key) =>
            _inner.GetRequestCookie(context, NameFor(context, key));

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            _inner.AppendResponseCookie(context, NameFor(context, key), value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
            _inner.DeleteCookie(context, NameFor(context, key), options);

        private static string NameFor(HttpContext context, string key) =>
            context.Request.IsHttps ? $"__Host-{key}" : key;
    }
}
