using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Sessions;

/// <summary>Exchanges the session for a short token: no other service ever reads the cookie.</summary>
internal static class IssueToken
{
    public static Results<Ok<Api.AccessToken>, ProblemHttpResult> Handle(CurrentSession? current, TokenIssuer issuer)
    {
        if (current is null)
        {
            return Unauthenticated.NotSignedIn();
        }

        var account = current.Account;
        var token = issuer.IssueForUser(new UserGrant(
            account.AccountId, account.OrganisationId, account.Roles, Scopes: [], current.Session.SignedInAt));
        return TypedResults.Ok(new Api.AccessToken(token.Text, token.ExpiresAt));
    }
}
