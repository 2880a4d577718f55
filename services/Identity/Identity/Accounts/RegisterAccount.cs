using Marketplace.Identity.Database;
using Marketplace.Identity.Organisations;
using Marketplace.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Accounts;

internal static class RegisterAccount
{
    public static async Task<Created<Api.SessionInfo>> HandleAsync(
        Api.RegisterAccount request,
        HttpContext http,
        AccountDbContext db,
        AccountOpening opening,
        SessionBook sessions,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var role = AccountRoles.RequireOpen(request.Role);
        var email = Account.RequireEmail(request.Email);
        var organisation = Organisation.Create(request.OrganisationName, request.CountryCode, email, time);
        var account = Account.Create(email, organisation, role, time);
        db.Organisations.Add(organisation);
        db.Publish(organisation.ToMessage());
        await opening.OpenAsync(account, request.Password);
        var session = await sessions.StartAsync(account, http, cancellationToken);
        return TypedResults.Created("/api/identity/session", session.ToView());
    }
}
