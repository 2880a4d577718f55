using Microsoft.AspNetCore.Http;

namespace Marketplace.ServiceDefaults.Problems;

/// <summary>The codes of problems that no business rule names.</summary>
public static class ProblemCodes
{
    /// <summary>The member of a problem document that holds the code.</summary>
    public const string Key = "code";

    /// <summary>400: the request could not be read.</summary>
    public const string RequestMalformed = "request-malformed";

    /// <summary>400: a field breaks its rule; <c>errors</c> names it.</summary>
    public const string RequestInvalid = "request-invalid";

    /// <summary>401</summary>
    public const string NotSignedIn = "not-signed-in";

    /// <summary>403</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>404: no such path.</summary>
    public const string NotFound = "not-found";

    /// <summary>409: an optimistic write lost.</summary>
    public const string ChangedMeanwhile = "changed-meanwhile";

    /// <summary>413</summary>
    public const string RequestTooLarge = "request-too-large";

    /// <summary>429</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>500: ours; the trace id finds it in the log.</summary>
    public const string InternalError = "internal-error";

    internal static string Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => RequestMalformed,
        StatusCodes.Status401Unauthorized => NotSignedIn,
        StatusCodes.Status403Forbidden => NotAllowed,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status413PayloadTooLarge => RequestTooLarge,
        StatusCodes.Status415UnsupportedMediaType => "media-type-not-supported",
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        >= StatusCodes.Status500InternalServerError => InternalError,
        _ => RequestMalformed,
    };
}
