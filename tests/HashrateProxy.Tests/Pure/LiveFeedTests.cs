using System.Net.ServerSentEvents;
using Marketplace.HashrateProxy.Live;

namespace Marketplace.HashrateProxy.Tests.Pure;

/// <summary>When a feed speaks and when it ends, on a clock that the test moves.</summary>
public sealed class LiveFeedTests
{
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _time = new(StartAt);
    private string? _view;

    private IAsyncEnumerator<SseItem<string?>> Follow(string? lastEventId = null, int tokenSeconds = 300) =>
        new LiveFeed<string>(_ => Task.FromResult(_view), view => view, _time)
            .FollowAsync(lastEventId, StartAt.AddSeconds(tokenSeconds), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

    /// <summary>The next event, the clock moved a second at a time until it is there; null at the end.</summary>
    private async Task<SseItem<string?>?> NextAsync(IAsyncEnumerator<SseItem<string?>> feed)
    {
        var next = feed.MoveNextAsync().AsTask();
        await Eventually.TrueAsync(
            () =>
            {
                if (!next.IsCompleted)
                {
                    _time.Advance(LiveFeed<string>.Interval);
                }

                return next.IsCompleted;
            },
            ProxyWorld.Generous);
        return await next ? feed.Current : null;
    }

    [Fact]
    public async Task Every_view_is_said_once()
    {
        _view = "one";
        await using var feed = Follow();
        (await NextAsync(feed))!.Value.Data.ShouldBe("one");
        var next = NextAsync(feed);
        _view = "two";
        var second = (await next)!.Value;
        (second.Data, second.EventType, second.EventId).ShouldBe(("two", "live", "two"));
    }

    [Fact]
    public async Task Without_a_view_the_heart_beats()
    {
        await using var feed = Follow();
        for (var beat = 0; beat < 3; beat++)
        {
            var item = (await NextAsync(feed))!.Value;
            (item.EventType, item.Data).ShouldBe(("heartbeat", null));
            (_time.GetUtcNow() - StartAt).ShouldBeGreaterThanOrEqualTo(beat * LiveFeed<string>.HeartbeatInterval);
        }
    }

    [Fact]
    public async Task Whoever_comes_back_is_not_told_again_what_he_has()
    {
        _view = "one";
        await using var feed = Follow(lastEventId: "one");
        (await NextAsync(feed))!.Value.EventType.ShouldBe("heartbeat");
        _view = "two";
        (await NextAsync(feed))!.Value.Data.ShouldBe("two");
    }

    [Fact]
    public async Task It_ends_with_the_token()
    {
        _view = "one";
        await using var feed = Follow(tokenSeconds: 3);
        (await NextAsync(feed))!.Value.Data.ShouldBe("one");
        (await NextAsync(feed)).ShouldBeNull();
        (_time.GetUtcNow() - StartAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task It_ends_without_an_error_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var feed = new LiveFeed<string>(_ => Task.FromResult<string?>("one"), view => view, _time)
            .FollowAsync(null, DateTimeOffset.MaxValue, stop.Token).GetAsyncEnumerator(stop.Token);
        (await feed.MoveNextAsync()).ShouldBeTrue();
        var next = feed.MoveNextAsync();
        await stop.CancelAsync();
        (await next).ShouldBeFalse();
    }

    [Fact]
    public void An_organisation_holds_a_limited_number_of_seats()
    {
        var seats = new LiveSeats();
        var organisation = TypedId.New<OrganisationId>(_time);
        var taken = Enumerable.Range(0, LiveSeats.MaxPerOrganisation).Select(_ => seats.Take(organisation)).ToList();
        Should.Throw<BusinessRuleException>(() => seats.Take(organisation)).Code.ShouldBe("live-streams-too-many");
        seats.Take(TypedId.New<OrganisationId>(_time)).Dispose();
        taken[0].Dispose();
        taken[0].Dispose();
        seats.Take(organisation).Dispose();
        taken.ForEach(seat => seat.Dispose());
    }
}
