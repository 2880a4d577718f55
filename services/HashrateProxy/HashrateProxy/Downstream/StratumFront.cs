using System.Net;
using Marketplace.HashrateProxy.Routing;
using Marketplace.ServiceDefaults.Loops;
using Marketplace.Stratum;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>The port the fleets connect to.</summary>
internal sealed class StratumFront(
    IConnectionListenerFactory listeners,
    NodeRestorer restorer,
    RouteBook book,
    SubmitDesk desk,
    JobIds jobIds,
    TimeProvider time,
    IOptions<StratumOptions> options,
    ILogger<StratumFront> logger) : ISupervisedLoop
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private long _lastKey;
    private int _connections;

    /// <summary>Where it really listens; null until it does.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restorer.RestoreAsync(cancellationToken);
        var address = new IPEndPoint(IPAddress.Parse(options.Value.Address), options.Value.Port);
        await using var listener = await listeners.BindAsync(address, cancellationToken);
        EndPoint = (IPEndPoint)listener.EndPoint;
        logger.LogInformation("Stratum listens on {EndPoint}", EndPoint);
        while (await listener.AcceptAsync(cancellationToken) is { } connection)
        {
            if (Interlocked.Increment(ref _connections) > options.Value.MaxConnections)
            {
                logger.LogWarning(
                    "A worker was turned away: {MaxConnections} are connected", options.Value.MaxConnections);
                await connection.DisposeAsync();
                Interlocked.Decrement(ref _connections);
                continue;
            }

            _ = ServeAsync(connection, cancellationToken);
        }
    }

    private async Task ServeAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            var key = Interlocked.Increment(ref _lastKey);
            var extranonce1 = new Extranonce([(byte)key]);
            using var session = new WorkerSession(key, connection, extranonce1, book, desk, jobIds, time, logger);
            await session.RunAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The connection from {Peer} failed", connection.RemoteEndPoint);
        }
        finally
        {
            await CloseAsync(connection);
            Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>Closing waits for the peer to take what was sent, and a peer that does not read never would.</summary>
    private async Task CloseAsync(ConnectionContext connection)
    {
        var closing = connection.DisposeAsync().AsTask();
        await closing.WaitAsync(CloseTime, time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!closing.IsCompleted)
        {
            connection.Abort();
            await closing;
        }
    }
}
