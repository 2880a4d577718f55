using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketplace.Identity.Sessions;

internal static class SessionEndpoints
{
    /// <summary>
    /// These read the cookie themselves, so for the bearer tokens of the other services they are anonymous.
    /// </summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("").AllowAnonymous();
        sessions.MapPost("/session", SignIn.HandleAsync)
            .RequireSameOrigin().RequireRateLimiting(EntryLimits.SignIn)
            .WithName("signIn").WithSummary("Sign in; answers with the session's cookie");
        sessions.MapGet("/session", GetSession.Handle)
            .WithName("getSession").WithSummary("Who is signed in");
        sessions.MapDelete("/session", SignOut.HandleAsync).RequireSameOrigin()
            .WithName("signOut").WithSummary("End the session, here and on the server");
        sessions.MapPost("/tokens", IssueToken.Handle).RequireSameOrigin()
            .WithName("issueToken").WithSummary("Exchange the session for a token of at most five minutes");
        sessions.MapGet("/keys", GetKeys)
            .WithName("getKeys").WithSummary("The public keys that tokens are verified with");
    }

    private static Ok<JsonWebKeySet> GetKeys(KeyRing keys) =>
        TypedResults.Ok(keys.ToJsonWebKeySet());
}
