using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Sessions;

internal static class GetSession
{
    public static Results<Ok<Api.SessionInfo>, ProblemHttpResult> Handle(CurrentSession? current) =>
        current is null ? Unauthenticated.NotSignedIn() : TypedResults.Ok(current.ToView());
}
