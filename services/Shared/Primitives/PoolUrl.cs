using System.Globalization;

namespace Marketplace.Primitives;

/// <summary>
/// Where a pool listens: <c>stratum+tcp://host:port</c>. Parsed strictly, because a renter's pool address is hostile
/// input; whether the host may be dialled is decided by the proxy after it resolved it.
/// </summary>
public sealed record PoolUrl
{
    public const string Scheme = "stratum+tcp";
    public const int MaxLength = 255;
    private const int MaxHostLength = 253;
    private const int LowestPort = 1024;

    private PoolUrl(string host, int port) => (Host, Port) = (host, port);

    /// <summary>A name or an address, lower case; IPv6 without brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <exception cref="BusinessRuleException"><c>pool-url-invalid</c>, with what is wrong.</exception>
    public static PoolUrl Parse(string text)
    {
        if (text.Length is 0 or > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw Invalid(text, "it is not an address");
        }

        if (uri.Scheme != Scheme)
        {
            throw Invalid(text, $"the scheme must be {Scheme}");
        }

        if (uri.UserInfo.Length > 0 || uri.AbsolutePath is not ("" or "/")
            || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid(text, "only a host and a port belong there");
        }

        if (uri.Port < LowestPort && uri.Port != 443)
        {
            throw Invalid(text, "the port must be given and be 443 or at least 1024");
        }

        var host = uri.IdnHost.ToLowerInvariant().Trim('[', ']');
        return host.Length is > 0 and <= MaxHostLength
            ? new PoolUrl(host, uri.Port)
            : throw Invalid(text, "the host is missing");
    }

    private static BusinessRuleException Invalid(string text, string why) => BusinessRuleException.Invalid(
        "pool-url-invalid",
        $"'{text[..Math.Min(text.Length, MaxLength)]}' is not a pool: {why}. Write it as {Scheme}://host:port.");

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"{Scheme}://[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}");
}
