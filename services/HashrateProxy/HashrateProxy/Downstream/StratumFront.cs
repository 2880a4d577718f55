using System.Net;
using Marketplace.HashrateProxy.Routing;
using Marketplace.HashrateProxy.Wire.Sockets;
using Marketplace.ServiceDefaults.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>The ports the fleets connect to.</summary>
internal sealed class StratumFront(
    LoopListenerFactory listeners,
    NodeRestorer restorer,
    ConnectionHost host,
    IOptions<StratumOptions> options,
    ILogger<StratumFront> logger) : ISupervisedLoop
{
    /// <summary>Where it really listens; null until it does.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    /// <summary>Where it speaks TLS only; null where it has no such port.</summary>
    public IPEndPoint? TlsEndPoint { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.RestoreAsync(cancellationToken);
        await using var plain = await BindAsync(options.Value.Port, cancellationToken);
        await using var tls = options.Value.TlsPort is { } tlsPort ? await BindAsync(tlsPort, cancellationToken) : null;
        (TlsEndPoint, EndPoint) = (tls?.EndPoint as IPEndPoint, (IPEndPoint)plain.EndPoint);
        logger.LogInformation("Stratum listens on {EndPoint}, with TLS on {TlsEndPoint}", EndPoint, TlsEndPoint);
        try
        {
            await Task.WhenAll(
                AcceptAsync(plain, isTls: false, cancellationToken), AcceptAsync(tls, isTls: true, cancellationToken));
        }
        finally
        {
            host.CloseAll();
        }
    }

    private ValueTask<IConnectionListener> BindAsync(int port, CancellationToken cancellationToken) =>
        listeners.BindAsync(new IPEndPoint(IPAddress.Parse(options.Value.Address), port), cancellationToken);

    private async Task AcceptAsync(IConnectionListener? listener, bool isTls, CancellationToken cancellationToken)
    {
        while (listener is not null && await listener.AcceptAsync(cancellationToken) is { } connection)
        {
            _ = host.ServeAsync(connection, isTls, cancellationToken);
        }
    }
}
