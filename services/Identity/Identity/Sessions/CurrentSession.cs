using Marketplace.Identity.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Identity.Sessions;

/// <summary>The session of the request's cookie: an endpoint parameter, null when nobody is signed in.</summary>
internal sealed record CurrentSession(Session Session, Account Account, string OrganisationName)
{
    public static async ValueTask<CurrentSession?> BindAsync(HttpContext context)
    {
        var id = await SessionCookie.ReadAsync(context);
        if (id is not { } sessionId)
        {
            return null;
        }

        var sessions = context.RequestServices.GetRequiredService<SessionBook>();
        return await sessions.FindAsync(sessionId, context.RequestAborted);
    }

    public Api.SessionInfo ToView() =>
        new(Account.AccountId, Account.Email ?? "", Account.OrganisationId, OrganisationName, Account.Roles);
}
