using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Billing.Metering;

/// <summary>
/// The proxy nodes that exist: those whose public key is here. A contract closes when all of them are done.
/// </summary>
internal sealed class MeteringNodes(KeyRing keys)
{
    private const string IssuerPrefix = "proxy.";

    public static string IssuerOf(string nodeName) => IssuerPrefix + nodeName;

    public IReadOnlySet<string> Names => keys.ToJsonWebKeySet().Keys
        .Select(key => key.KeyId[..key.KeyId.LastIndexOf(':')])
        .Where(issuer => issuer.StartsWith(IssuerPrefix, StringComparison.Ordinal))
        .Select(issuer => issuer[IssuerPrefix.Length..])
        .ToHashSet(StringComparer.Ordinal);
}
