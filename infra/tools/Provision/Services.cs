using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Provision;

/// <summary>The services as the outside knows them, and the names each of them may sign as.</summary>
internal static class Services
{
    public const string Proxy = "proxy";

    public static IReadOnlyList<string> All { get; } = ["identity", "catalog", "ordering", "billing", Proxy];

    public static IEnumerable<string> SignsAs(string service, IEnumerable<string> proxyNodes) =>
        service == Proxy
            ? [Proxy, KeyFiles.SecretsKeyName, .. proxyNodes.Select(node => $"{Proxy}.{node}")]
            : [service];
}
