using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketplace.Identity.Sessions;

/// <summary>How often one address may knock: guesses over many accounts, and accounts by the thousand.</summary>
internal static class EntryLimits
{
    public const string SignIn = "identity-sign-in";
    public const string Registration = "identity-registration";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddEntryLimits(this IServiceCollection services) =>
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<IdentityServiceOptions>>((limiter, options) =>
        {
            limiter.AddPolicy(SignIn, http => PerAddress(http, options.Value.SignInsPerMinute));
            limiter.AddPolicy(Registration, http => PerAddress(http, options.Value.RegistrationsPerMinute));
        });

    private static RateLimitPartition<IPAddress> PerAddress(HttpContext http, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window });
}
