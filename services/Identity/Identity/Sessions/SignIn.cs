using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Sessions;

internal static class SignIn
{
    public static async Task<Results<Ok<Api.SessionInfo>, ProblemHttpResult>> HandleAsync(
        Api.SignIn request,
        HttpContext http,
        SignInGate gate,
        SessionBook sessions,
        CancellationToken cancellationToken)
    {
        var account = await gate.AdmitAsync(request.Email, request.Password, cancellationToken);
        if (account is null)
        {
            return Unauthenticated.SignInRefused();
        }

        var session = await sessions.StartAsync(account, http, cancellationToken);
        return TypedResults.Ok(session.ToView());
    }
}
