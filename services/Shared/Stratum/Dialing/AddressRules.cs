using System.Net;
using System.Net.Sockets;

namespace Marketplace.Stratum;

/// <summary>
/// Which addresses a pool may live at. A renter's pool is hostile input: everything that is not plainly the public
/// internet is refused (IANA special-purpose registries, RFC 6890), also when it hides inside an IPv6 form.
/// </summary>
public static class AddressRules
{
    private static readonly IPNetwork[] Refused = Array.ConvertAll(
        new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        },
        IPNetwork.Parse);

    /// <summary>
    /// All of IPv6 that was ever given out as public: NAT64, unique local, link-local and the rest lie outside.
    /// </summary>
    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Loopback4 = IPNetwork.Parse("127.0.0.0/8");

    /// <summary>Why this address is refused, or null when it may be dialled.</summary>
    /// <param name="allowLoopback">The development setting: opens loopback and nothing else.</param>
    public static string? Refusal(IPAddress address, bool allowLoopback)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (allowLoopback && (Loopback4.Contains(plain) || plain.Equals(IPAddress.IPv6Loopback)))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return "an IPv4 address inside an IPv6 one";
        }

        if (plain.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            return "not an internet address";
        }

        var isOutside = plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast6.Contains(plain);
        return isOutside || Array.Exists(Refused, network => network.Contains(plain))
            ? "not on the public internet"
            : null;
    }
}
