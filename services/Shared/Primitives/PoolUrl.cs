using System.Globalization;
using System.Net;

namespace Marketplace.Primitives;

/// <summary>
/// Where a pool listens: <c>stratum+tcp://host:port</c>, or <c>stratum+ssl</c> for TLS. Parsed strictly, because a
/// renter's pool address is hostile input; whether the host may be dialled is decided once it is resolved.
/// </summary>
public sealed record PoolUrl
{
    public const string Scheme = "stratum+tcp";
    public const string TlsScheme = "stratum+ssl";
    public const int MaxLength = 255;
    private const int MaxHostLength = 253;
    private const int LowestPort = 1024;

    /// <summary>Some pools write it so; it means <see cref="TlsScheme"/>.</summary>
    private const string TlsAlias = "stratum+tls";

    private PoolUrl(bool isTls, string host, int port) => (IsTls, Host, Port) = (isTls, host, port);

    public bool IsTls { get; }

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

        if (uri.Scheme is not (Scheme or TlsScheme or TlsAlias))
        {
            throw Invalid(text, $"the scheme must be {Scheme}, or {TlsScheme} for TLS");
        }

        if (uri.UserInfo.Length > 0 || uri.AbsolutePath is not ("" or "/")
            || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw Invalid(text, "only a host and a port belong there");
        }

        if (!IsAllowed(uri.Port))
        {
            throw Invalid(text, "the port must be given and be 443 or at least 1024");
        }

        var host = uri.IdnHost.ToLowerInvariant().Trim('[', ']');
        if (host.Length is 0 or > MaxHostLength)
        {
            throw Invalid(text, "the host is missing");
        }

        return IsPlain(host)
            ? new PoolUrl(uri.Scheme != Scheme, host, uri.Port)
            : throw Invalid(text, "the host must be a name or a plainly written address");
    }

    /// <summary>Where a pool wants us that asks for a reconnect: its own host, at this port or another.</summary>
    /// <param name="host">Empty for the same.</param>
    /// <param name="port">Null for the same.</param>
    /// <returns>Null for another host, which its user did not give us, and for a port that is not allowed.</returns>
    public PoolUrl? AfterReconnect(string host, int? port) =>
        (host.Length == 0 || string.Equals(host, Host, StringComparison.OrdinalIgnoreCase)) && IsAllowed(port ?? Port)
            ? new PoolUrl(IsTls, Host, port ?? Port)
            : null;

    private static bool IsAllowed(int port) => port is 443 or >= LowestPort;

    /// <summary>
    /// Resolvers read <c>2130706433</c>, <c>127.1</c>, <c>0x7f.0.0.1</c> and <c>0177.0.0.1</c> as addresses, and some
    /// of their readers do not: a host that ends in a number is an address in its usual form, or nothing.
    /// </summary>
    private static bool IsPlain(string host)
    {
        if (host.Contains(':', StringComparison.Ordinal))
        {
            return !host.Contains('%', StringComparison.Ordinal);
        }

        var last = host[(host.LastIndexOf('.') + 1)..];
        var endsInNumber = last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.Ordinal);
        return last.Length > 0
            && host.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            && (!endsInNumber || (IPAddress.TryParse(host, out var address) && address.ToString() == host));
    }

    private static BusinessRuleException Invalid(string text, string why) => BusinessRuleException.Invalid(
        "pool-url-invalid",
        $"'{text[..Math.Min(text.Length, MaxLength)]}' is not a pool: {why}. Write it as {Scheme}://host:port.");

    public override string ToString()
    {
        var scheme = IsTls ? TlsScheme : Scheme;
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{Port}");
    }
}
