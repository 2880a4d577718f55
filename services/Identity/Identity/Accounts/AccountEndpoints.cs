using Marketplace.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Identity.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts", RegisterAccount.HandleAsync)
            .AllowAnonymous().RequireSameOrigin().RequireRateLimiting(EntryLimits.Registration)
            .WithName("registerAccount").WithSummary("Open an account with an organisation of its own, and sign in");
    }
}
