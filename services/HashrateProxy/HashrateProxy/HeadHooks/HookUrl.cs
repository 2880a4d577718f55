using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.HeadHooks;

/// <summary>
/// A hook's address is as hostile as a pool's, and is dialled by the same rules: the host is resolved here, refused
/// when any of its addresses is not public, and the very address that was checked is dialled.
/// </summary>
internal static class HookUrl
{
    public const int MaxLength = 500;

    /// <exception cref="BusinessRuleException"><c>hook-url-invalid</c>, with what is wrong.</exception>
    public static Uri Parse(string text, DialPolicy policy)
    {
        if (text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            throw Invalid($"It is not an address of at most {MaxLength} characters.");
        }

        var isForDevelopment = url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && policy.AllowLoopback;
        if (url.Scheme != Uri.UriSchemeHttps && !isForDevelopment)
        {
            throw Invalid("It must begin with https://.");
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            throw Invalid("A user, a password and a fragment have no place in it.");
        }

        try
        {
            DialledAs(url.Host, url.Port);
            return url;
        }
        catch (BusinessRuleException)
        {
            throw Invalid("Its host must be a name or a plainly written address, its port 443 or at least 1024.");
        }
    }

    /// <summary>The same host and port as the dialler knows it.</summary>
    /// <param name="host">IPv6 with or without its brackets.</param>
    /// <param name="port">Where it listens.</param>
    public static PoolUrl DialledAs(string host, int port) => PoolUrl.Parse(
        host.Contains(':', StringComparison.Ordinal) && host[0] != '['
            ? $"{PoolUrl.Scheme}://[{host}]:{port}"
            : $"{PoolUrl.Scheme}://{host}:{port}");

    private static BusinessRuleException Invalid(string message) =>
        BusinessRuleException.Invalid("hook-url-invalid", message);
}
