using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketplace.Identity.Sessions;

/// <summary>The two answers 401 of this service.</summary>
internal static class Unauthenticated
{
    private static readonly string Refused = string.Create(
        CultureInfo.InvariantCulture,
        $"The e-mail or the password is wrong, or there were {SignInGate.MaxFailedTries} wrong tries: wait "
        + $"{SignInGate.Lockout.Minutes} minutes then.");

    public static ProblemHttpResult SignInRefused() => Problem("sign-in-refused", Refused);

    public static ProblemHttpResult NotSignedIn() =>
        Problem("not-signed-in", "Sign in first; the session may have ended.");

    private static ProblemHttpResult Problem(string code, string detail) => TypedResults.Problem(
        detail,
        statusCode: StatusCodes.Status401Unauthorized,
        extensions: new Dictionary<string, object?> { ["code"] = code });
}
