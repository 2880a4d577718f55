using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream.Admission;

/// <summary>
/// Knows the limits on connections: in all, per address, per rig, per seller. An IPv6 site owns its last 64 bits, so it
/// counts as one address.
/// </summary>
internal sealed class Doorkeeper(IOptions<StratumOptions> options)
{
    private const int SiteBytesOfIPv6 = 8;

    private readonly ConnectionQuota<string> _addresses = new(options.Value.MaxConnectionsPerAddress);
    private readonly ConnectionQuota<RigId> _rigs = new(options.Value.MaxConnectionsPerRig);
    private readonly ConnectionQuota<OrganisationId> _sellers = new(options.Value.MaxConnectionsPerSeller);
    private int _open;

    /// <summary>Asks for one more connection on this node.</summary>
    public Place Enter()
    {
        var refusal = Interlocked.Increment(ref _open) > options.Value.MaxConnections
            ? ClosingReason.TooManyConnections
            : default(ClosingReason?);
        return new Place(() => Interlocked.Decrement(ref _open), refusal);
    }

    /// <summary>Asks for one more connection from this address.</summary>
    public Place Enter(IPAddress address)
    {
        var site = SiteOf(address);
        return _addresses.TryEnter(site)
            ? new Place(() => _addresses.Leave(site), null)
            : new Place(null, ClosingReason.TooManyOfAddress);
    }

    /// <returns>Null when it may work for the rig; else which limit is reached.</returns>
    public ClosingReason? TryEnter(RigId rig, OrganisationId seller)
    {
        if (!_rigs.TryEnter(rig))
        {
            return ClosingReason.TooManyOfRig;
        }

        if (_sellers.TryEnter(seller))
        {
            return null;
        }

        _rigs.Leave(rig);
        return ClosingReason.TooManyOfSeller;
    }

    public void Leave(RigId rig, OrganisationId seller)
    {
        _rigs.Leave(rig);
        _sellers.Leave(seller);
    }

    private static string SiteOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, SiteBytesOfIPv6))
            : plain.ToString();
    }
}

/// <summary>What was asked of the doorkeeper, until it is given back.</summary>
/// <param name="refusal">The limit that is reached; null where there is room.</param>
internal sealed class Place(Action? leave, ClosingReason? refusal) : IDisposable
{
    public ClosingReason? Refusal => refusal;

    public void Dispose() => leave?.Invoke();
}
