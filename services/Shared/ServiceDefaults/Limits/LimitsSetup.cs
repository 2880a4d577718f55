using System.Security.Claims;
using System.Threading.RateLimiting;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketplace.ServiceDefaults.Limits;

/// <summary>
/// How much one caller may ask: by account, or by address before signing in. Services are not limited.
/// </summary>
internal static class LimitsSetup
{
    private const int RefillsPerMinute = 60;

    public static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration("Limits").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.Limits.MaxRequestBodySize = limits.Value.RequestBodyBytes;
            kestrel.AddServerHeader = false;
        });
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((limiter, limits) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
                context => PartitionOf(context, limits.Value));
        });
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, LimitOptions limits)
    {
        if (context.User.HasClaim(claim => claim.Type == BearerAuthentication.ServiceClaim))
        {
            return RateLimitPartition.GetNoLimiter("services");
        }

        return context.User.FindFirst(ClaimTypes.NameIdentifier) is { } account
            ? Bucket($"account {account.Value}", limits.UserRequestsPerMinute)
            : Bucket($"address {context.Connection.RemoteIpAddress}", limits.AnonymousRequestsPerMinute);
    }

    private static RateLimitPartition<string> Bucket(string key, int requestsPerMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = requestsPerMinute,
            TokensPerPeriod = Math.Max(1, requestsPerMinute / RefillsPerMinute),
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / RefillsPerMinute,
            QueueLimit = 0,
        });
}
