using System.Net;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>The load balancers whose word about a worker's address is taken.</summary>
internal sealed class TrustedProxies(IOptions<StratumOptions> options)
{
    private readonly IPNetwork[] _networks = [.. options.Value.TrustedProxies.Select(IPNetwork.Parse)];

    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, network => network.Contains(plain));
    }
}
