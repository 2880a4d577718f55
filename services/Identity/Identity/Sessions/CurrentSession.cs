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
        return id is { } sessionId
            ? await context.RequestServices.GetRequiredService<SessionBook>().FindAsync(sessionId, context.RequestAborted)
            : null;
    }

    public Api.SessionInfo ToView() =>
        new(Account.AccountId, Account.Email ?? "", Account.OrganisationId, OrganisationName, Account.Roles);
}
