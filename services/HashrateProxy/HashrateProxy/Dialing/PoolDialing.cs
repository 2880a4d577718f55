using System.Net;
using System.Security.Cryptography.X509Certificates;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.Stratum;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Dialing;

/// <summary>The dialler as this node's settings want it.</summary>
internal static class PoolDialing
{
    public static IServiceCollection AddPoolDialer(this IServiceCollection services) => services
        .AddSingleton<INameResolver, SystemNameResolver>()
        .AddSingleton(provider => PolicyOf(provider.GetRequiredService<IOptions<ProxyOptions>>().Value))
        .AddSingleton(provider => DialerOf(
            provider.GetRequiredService<INameResolver>(),
            provider.GetRequiredService<DialPolicy>(),
            provider.GetRequiredService<SocketLoop>()))
        .AddSingleton<ListedPools>()
        .AddSingleton<LoginThrottle>();

    private static PoolDialer DialerOf(INameResolver names, DialPolicy policy, SocketLoop loop) => new(
        names,
        policy,
        (socket, address, cancellationToken) => LoopDial.ConnectAsync(socket, address, loop, cancellationToken));

    private static DialPolicy PolicyOf(ProxyOptions options)
    {
        var roots = new X509Certificate2Collection();
        if (options.PoolRootsFile.Length > 0)
        {
            roots.ImportFromPemFile(options.PoolRootsFile);
        }

        return new DialPolicy(
            options.AllowPrivatePools, roots, [.. options.EgressAddresses.Select(IPAddress.Parse)]);
    }
}
