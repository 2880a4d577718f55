using System.Globalization;
using System.Net;
using Marketplace.Client.Sessions;

namespace Marketplace.Simulators.MainLine;

/// <summary>Where the marketplace answers, as the environment says.</summary>
/// <param name="Stratum">Where workers connect: a port of each node of the proxy.</param>
public sealed record Surroundings(
    MarketplaceAddress Address, IReadOnlyList<Uri> Roots, IReadOnlyList<DnsEndPoint> Stratum)
{
    private const string DefaultRoot = "http://127.0.0.1:8080";
    private const string DefaultStratum = "127.0.0.1:3333";
    private static readonly string[] Services = ["identity", "catalog", "ordering", "billing", "proxy"];

    /// <summary>True when the environment names a running marketplace at all.</summary>
    public static bool AreSet => Variable("URL") is not null || Services.Any(service => RootOf(service) is not null);

    /// <exception cref="FormatException">A variable is not an address.</exception>
    public static Surroundings FromEnvironment()
    {
        var stratum = (Variable("STRATUM") ?? DefaultStratum).Split(',').Select(HostAndPort).ToList();
        var roots = Services.ToDictionary(service => service, RootOf);
        if (Variable("URL") is null && roots.Values.Any(root => root is not null))
        {
            var missing = roots.Where(root => root.Value is null).Select(root => root.Key).ToList();
            return missing.Count > 0
                ? throw new FormatException($"No address is set for {string.Join(", ", missing)}.")
                : PerService(roots.ToDictionary(root => root.Key, root => Root(root.Value!)), stratum);
        }

        var front = Root(Variable("URL") ?? DefaultRoot);
        return new Surroundings(MarketplaceAddress.At(front), [front], stratum);
    }

    private static Surroundings PerService(Dictionary<string, Uri> roots, IReadOnlyList<DnsEndPoint> stratum) =>
        new(MarketplaceAddress.PerService(roots), [.. roots.Values], stratum);

    private static string? RootOf(string service) => Variable(service.ToUpperInvariant() + "_URL");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"MARKETPLACE_{name}") is { Length: > 0 } value ? value : null;

    private static Uri Root(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var root)
            ? root
            : throw new FormatException($"'{text}' is not an address; write it as http://host:port.");

    private static DnsEndPoint HostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], CultureInfo.InvariantCulture, out var port)
            ? new DnsEndPoint(text[..colon], port)
            : throw new FormatException($"'{text}' is not host:port.");
    }
}
