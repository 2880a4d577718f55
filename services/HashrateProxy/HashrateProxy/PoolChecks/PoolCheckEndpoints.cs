using Marketplace.Client.HashrateProxy;
using Marketplace.ServiceDefaults.Security;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.HashrateProxy.PoolChecks;

internal static class PoolCheckEndpoints
{
    private const int MaxNameLength = 255;
    private const int MaxPayeeLength = 100;

    public static void MapPoolChecks(this IEndpointRouteBuilder routes) => routes
        .MapPost("/pool-checks", CheckPoolAsync)
        .RequireAuthorization(Policies.UserOrService)
        .WithName("checkPool")
        .WithSummary("Tries a pool and says, rule by rule, what was seen and what to change.");

    private static async Task<Ok<PoolCheck>> CheckPoolAsync(
        CheckPool request, PoolChecker checker, CancellationToken cancellationToken)
    {
        if (request.Pool.User.Length is 0 or > MaxNameLength || request.Pool.Password.Length > MaxNameLength)
        {
            throw BusinessRuleException.Invalid(
                "pool-login-invalid",
                $"A pool's user is needed, and neither it nor the password is longer than {MaxNameLength}.");
        }

        if (request.WatchSeconds < 0 || request.WatchSeconds > PoolCheckup.MaxWatch.TotalSeconds)
        {
            throw BusinessRuleException.Invalid(
                "watch-invalid", $"A pool is watched for 0 to {PoolCheckup.MaxWatch.TotalSeconds:0} seconds.");
        }

        if (request.Payee?.Length > MaxPayeeLength)
        {
            throw BusinessRuleException.Invalid(
                "payee-invalid", $"An address is not longer than {MaxPayeeLength} letters.");
        }

        return TypedResults.Ok(await checker.CheckAsync(request, cancellationToken));
    }
}
