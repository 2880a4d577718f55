using System.Net;
using Marketplace.HashrateProxy.Downstream.Admission;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Marketplace.HashrateProxy.Downstream;

/// <summary>
/// Takes a connection from its first byte to its end: limits, what it speaks, its session, and the reason it ended.
/// Whatever goes wrong in one touches no other.
/// </summary>
internal sealed class ConnectionHost(
    ConnectionOpener opener,
    TrustedProxies trusted,
    Doorkeeper door,
    FrontServices front,
    SessionWatch watch,
    FrontMetrics metrics,
    ILogger<ConnectionHost> logger)
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private long _lastKey;

    public async Task ServeAsync(ConnectionContext connection, bool isTls, CancellationToken cancellationToken)
    {
        metrics.Opened();
        var reason = ClosingReason.Failed;
        try
        {
            await Task.Yield();
            reason = await ServeToEndAsync(connection, isTls, cancellationToken);
            logger.LogInformation("The connection from {Peer} ended: {Reason}", connection.RemoteEndPoint, reason);
        }
        catch (TurnedAwayException turnedAway)
        {
            reason = turnedAway.Reason;
            logger.LogInformation(
                turnedAway.InnerException,
                "The connection from {Peer} was turned away: {Reason}", connection.RemoteEndPoint, reason);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reason = ClosingReason.NodeStopped;
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The connection from {Peer} failed", connection.RemoteEndPoint);
        }
        finally
        {
            metrics.Closed(reason);
            await CloseAsync(connection);
        }
    }

    public void CloseAll() => watch.CloseAll(ClosingReason.NodeStopped);

    private async Task<ClosingReason> ServeToEndAsync(
        ConnectionContext connection, bool isTls, CancellationToken cancellationToken)
    {
        var peer = ((IPEndPoint)connection.RemoteEndPoint!).Address;
        var isBalancer = trusted.Contains(peer);
        using var place = door.Enter();
        using var placeOfPeer = isBalancer ? null : door.Enter(peer);
        if ((place.Refusal ?? placeOfPeer?.Refusal) is { } refusal)
        {
            return await RunSessionAsync(OpenedConnection.Plain(connection.Transport, peer), refusal);
        }

        await using var opened = await opener.OpenAsync(connection.Transport, peer, isTls, cancellationToken);
        using var placeOfSource = isBalancer ? door.Enter(opened.Address) : null;
        return await RunSessionAsync(opened, placeOfSource?.Refusal);
    }

    /// <param name="refusal">The session only says why it ends; null lets it work.</param>
    private async Task<ClosingReason> RunSessionAsync(OpenedConnection opened, ClosingReason? refusal)
    {
        var key = Interlocked.Increment(ref _lastKey);
        using var session = new WorkerSession(key, opened, front);
        watch.Add(key, session);
        try
        {
            if (refusal is { } reason)
            {
                session.Close(reason);
            }

            return await session.RunAsync();
        }
        finally
        {
            watch.Remove(key);
        }
    }

    /// <summary>Closing waits for the peer to take what was sent, and a peer that does not read never would.</summary>
    private async Task CloseAsync(ConnectionContext connection)
    {
        var closing = connection.DisposeAsync().AsTask();
        await closing.WaitAsync(CloseTime, front.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!closing.IsCompleted)
        {
            connection.Abort();
            await closing;
        }
    }
}
