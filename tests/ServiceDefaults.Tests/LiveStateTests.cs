using Marketplace.ServiceDefaults.LiveState;
using Marketplace.TestKit;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class LiveStateTests
{
    private const string RedisVariable = "MARKETPLACE_TEST_REDIS";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public Task In_process_values_live_as_long_as_they_should()
    {
        var time = new ManualTimeProvider();
        return ValuesLiveAsLongAsTheyShouldAsync(new InProcessLiveState(time), time);
    }

    [Fact]
    public Task In_process_listeners_hear_what_is_published() =>
        ListenersHearWhatIsPublishedAsync(new InProcessLiveState(TimeProvider.System));

    [Fact]
    public async Task Values_in_redis_live_as_long_as_they_should()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        using var redis = Redis(time);
        await ValuesLiveAsLongAsTheyShouldAsync(redis, time);
    }

    [Fact]
    public async Task Listeners_over_redis_hear_what_is_published()
    {
        using var redis = Redis(TimeProvider.System);
        await ListenersHearWhatIsPublishedAsync(redis);
    }

    [Fact]
    public async Task A_lost_redis_loses_live_values_and_nothing_else()
    {
        using var lost = new RedisLiveState(
            $"127.0.0.1:{FreePort.Next()},connectTimeout=200,connectRetry=1", TimeProvider.System, Logger());

        await lost.SetAsync("group", "key", "1", Minute, Cancelled);
        (await lost.GetAsync("group", "key", Cancelled)).ShouldBeNull();
        (await lost.GetAllAsync("group", Cancelled)).ShouldBeEmpty();
        await lost.PublishAsync("channel", "1", Cancelled);
        await lost.RemoveAsync("group", "key", Cancelled);
    }

    private static async Task ValuesLiveAsLongAsTheyShouldAsync(ILiveState live, ManualTimeProvider time)
    {
        var group = $"group-{Guid.CreateVersion7()}";
        await live.SetAsync(group, "short", "1", Minute, Cancelled);
        await live.SetAsync(group, "long", "2", 2 * Minute, Cancelled);
        await live.SetAsync(group, "gone", "3", 2 * Minute, Cancelled);
        await live.RemoveAsync(group, "gone", Cancelled);
        (await live.GetAsync(group, "short", Cancelled)).ShouldBe("1");
        (await live.GetAllAsync(group, Cancelled)).Keys.Order().ShouldBe(["long", "short"]);

        time.Advance(Minute);

        (await live.GetAsync(group, "short", Cancelled)).ShouldBeNull();
        (await live.GetAllAsync(group, Cancelled)).ShouldBe(new Dictionary<string, string> { ["long"] = "2" });
    }

    private static async Task ListenersHearWhatIsPublishedAsync(ILiveState live)
    {
        var channel = $"channel-{Guid.CreateVersion7()}";
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await using var first = live.SubscribeAsync(channel, listening.Token).GetAsyncEnumerator(listening.Token);
        await using var second = live.SubscribeAsync(channel, listening.Token).GetAsyncEnumerator(listening.Token);
        await live.PublishAsync(channel, "hello", Cancelled);

        (await first.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled)).ShouldBeTrue();
        first.Current.ShouldBe("hello");
        (await second.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled)).ShouldBeTrue();
        await listening.CancelAsync();
    }

    private static RedisLiveState Redis(TimeProvider time)
    {
        var address = Environment.GetEnvironmentVariable(RedisVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(address), $"{RedisVariable} names no Redis.");
        return new RedisLiveState(address!, time, Logger());
    }

    private static Logger<RedisLiveState> Logger() => new(new LoggerFactory());
}
