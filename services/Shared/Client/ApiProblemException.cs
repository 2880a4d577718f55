using System.Net;

namespace Marketplace.Client;

/// <summary>A service refused a request: the RFC 9457 problem as an exception.</summary>
/// <param name="code">Stable, kebab-case: <c>quote-expired</c>.</param>
public sealed class ApiProblemException(HttpStatusCode status, string code, string detail)
    : Exception($"{(int)status} {code}: {detail}")
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    public string Detail { get; } = detail;
}
