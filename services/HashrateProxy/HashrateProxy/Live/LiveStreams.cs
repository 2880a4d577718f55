using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;

namespace Marketplace.HashrateProxy.Live;

/// <summary>Opens feeds over HTTP: each takes a seat and ends with its token, its connection or the process.</summary>
internal sealed class LiveStreams(LiveSeats seats, TimeProvider time, IHostApplicationLifetime process)
{
    private const string LastEventId = "Last-Event-ID";

    public ServerSentEventsResult<TView?> Open<TView>(
        Func<CancellationToken, Task<TView?>> read, Func<TView, string> idOf, Caller caller, HttpContext context)
        where TView : class
    {
        context.Response.RegisterForDispose(seats.Take(caller.OrganisationId));

        // nginx would otherwise keep events back until its buffer is full.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var lastEventId = context.Request.Headers[LastEventId].ToString();
        return TypedResults.ServerSentEvents(
            FollowAsync(new LiveFeed<TView>(read, idOf, time), lastEventId, caller.ExpiresAt, context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<TView?>> FollowAsync<TView>(
        LiveFeed<TView> feed,
        string lastEventId,
        DateTimeOffset endAt,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TView : class
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, process.ApplicationStopping);
        await foreach (var item in feed.FollowAsync(lastEventId, endAt, ended.Token))
        {
            yield return item;
        }
    }
}
