using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Marketplace.HashrateProxy.Live;

/// <summary>
/// A view as server-sent events: each new one at once, a heartbeat where there is none for a while, and an end with the
/// token. Whoever comes back names the last view seen and goes on from there.
/// </summary>
/// <param name="read">The newest view; null while there is none.</param>
/// <param name="idOf">Another one for every view that tells something new.</param>
internal sealed class LiveFeed<TView>(
    Func<CancellationToken, Task<TView?>> read, Func<TView, string> idOf, TimeProvider time)
    where TView : class
{
    public const string ViewEvent = "live";
    public const string HeartbeatEvent = "heartbeat";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Proxies and browsers take a connection for dead that says nothing.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    /// <param name="lastEventId">Of the view seen last; null for none.</param>
    /// <param name="endAt">When the token ends.</param>
    /// <param name="cancellationToken">Ends the events without an error.</param>
    public async IAsyncEnumerable<SseItem<TView?>> FollowAsync(
        string? lastEventId, DateTimeOffset endAt, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var (lastId, saidAt) = (lastEventId, DateTimeOffset.MinValue);
        do
        {
            var now = time.GetUtcNow();
            if (await TryReadAsync(cancellationToken) is { } view && idOf(view) is var id && id != lastId)
            {
                (lastId, saidAt) = (id, now);
                yield return new SseItem<TView?>(view, ViewEvent)
                {
                    EventId = id,
                    ReconnectionInterval = ReconnectAfter,
                };
            }
            else if (now - saidAt >= HeartbeatInterval)
            {
                saidAt = now;
                yield return new SseItem<TView?>(null, HeartbeatEvent);
            }
        }
        while (time.GetUtcNow() < endAt && await WaitAsync(timer, cancellationToken));
    }

    private async Task<TView?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
