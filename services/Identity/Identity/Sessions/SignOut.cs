using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Sessions;

internal static class SignOut
{
    /// <summary>Signing out twice is no error.</summary>
    public static async Task<NoContent> HandleAsync(
        CurrentSession? current, HttpContext http, SessionBook sessions, CancellationToken cancellationToken)
    {
        if (current is not null)
        {
            await sessions.EndAsync(current.Session, http, cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
