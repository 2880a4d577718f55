using System.Diagnostics;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.TestHost;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public abstract class OutboxTests(TestWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task A_message_reaches_every_service_that_hears_it()
    {
        await world.SayAsync(new NumberSaid(1));

        await Eventually.TrueAsync(() => world.InAlphaAsync(
            alpha => alpha.HeardNumbers.AnyAsync(heard => heard.Number == 1 && heard.What == "said")));
        await Eventually.TrueAsync(() => world.InBetaAsync(beta => beta.BetaNumbers
            .AnyAsync(heard => heard.Number == 1)));
    }

    [Fact]
    public async Task A_message_caused_by_a_message_reaches_its_consumer()
    {
        await world.SayAsync(new NumberSaid(2));

        await Eventually.TrueAsync(() => world.InAlphaAsync(
            alpha => alpha.HeardNumbers.AnyAsync(heard => heard.Number == 2 && heard.What == "echoed")));
    }

    [Fact]
    public async Task A_rolled_back_change_sends_nothing()
    {
        await world.InAlphaAsync(async alpha =>
        {
            await using var transaction = await alpha.Database.BeginTransactionAsync();
            alpha.Publish(new NumberSaid(3));
            await alpha.SaveChangesAsync();
            await transaction.RollbackAsync();
            return true;
        });
        await world.SayAsync(new NumberSaid(4));

        await Eventually.TrueAsync(() => world.InBetaAsync(beta => beta.BetaNumbers
            .AnyAsync(heard => heard.Number == 4)));
        (await world.InBetaAsync(beta => beta.BetaNumbers.AnyAsync(heard => heard.Number == 3))).ShouldBeFalse();
        (await world.InAlphaAsync(alpha => alpha.Set<OutboxMessage>()
            .CountAsync(row => row.Body == "{\"number\":3}"))).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_in_a_longer_transaction_leaves_at_its_commit()
    {
        await world.InAlphaAsync(async alpha =>
        {
            await using var transaction = await alpha.Database.BeginTransactionAsync();
            alpha.Publish(new NumberSaid(5));
            await alpha.SaveChangesAsync();
            await transaction.CommitAsync();
            return true;
        });

        await Eventually.TrueAsync(() => world.InBetaAsync(beta => beta.BetaNumbers
            .AnyAsync(heard => heard.Number == 5)));
    }

    [Fact]
    public async Task A_message_is_delivered_without_waiting_for_a_poll()
    {
        const int warmUp = 5;
        var latencies = new List<TimeSpan>();
        for (var number = 1000; number < 1030; number++)
        {
            var expected = number;
            var startedAt = Stopwatch.GetTimestamp();
            await world.SayAsync(new NumberSaid(number));
            await Eventually.TrueAsync(
                () => world.InBetaAsync(beta => beta.BetaNumbers.AnyAsync(heard => heard.Number == expected)));
            latencies.Add(Stopwatch.GetElapsedTime(startedAt));
        }

        var median = latencies.Skip(warmUp).Order().ElementAt((latencies.Count - warmUp) / 2);
        output.WriteLine($"Median from save to effect, seen by polling every 20 ms: {median.TotalMilliseconds:0.0} ms");
        median.ShouldBeLessThan(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task A_thousand_messages_arrive_once_each()
    {
        var startedAt = Stopwatch.GetTimestamp();
        await world.SayAsync([.. Enumerable.Range(2000, 1000).Select(number => new NumberSaid(number))]);

        await Eventually.TrueAsync(
            async () => await world.InAlphaAsync(alpha => alpha.HeardNumbers.CountAsync(
                heard => heard.Number >= 2000 && heard.What == "echoed")) >= 1000,
            TimeSpan.FromSeconds(60));
        var took = Stopwatch.GetElapsedTime(startedAt);
        output.WriteLine($"1,000 messages and their echoes took {took.TotalSeconds:0.0} s");
        (await world.InBetaAsync(beta => beta.BetaNumbers.Where(heard => heard.Number >= 2000)
            .GroupBy(heard => heard.Number).CountAsync(group => group.Count() != 1))).ShouldBe(0);
    }
}

public sealed class InMemoryOutboxTests(TestWorld world, ITestOutputHelper output)
    : OutboxTests(world, output), IClassFixture<TestWorld>
{
    private readonly TestWorld _world = world;

    [Fact]
    public async Task A_row_is_done_when_all_its_consumers_have_it()
    {
        await _world.SayAsync(new NumberSaid(6));

        await Eventually.TrueAsync(() => _world.InAlphaAsync(alpha => alpha.Set<OutboxMessage>()
            .AnyAsync(row => row.Body == "{\"number\":6}" && row.SentAt != null && row.Attempts == 1)));
        (await _world.InAlphaAsync(alpha => alpha.HeardNumbers.CountAsync(heard => heard.Number == 6
            && heard.What == "said")))
            .ShouldBe(1);
        (await _world.InBetaAsync(beta => beta.BetaNumbers.CountAsync(heard => heard.Number == 6))).ShouldBe(1);
    }
}

[Collection(nameof(RabbitMqWorld))]
public sealed class RabbitMqOutboxTests(RabbitMqWorld world, ITestOutputHelper output)
    : OutboxTests(world.OrSkip(), output), IClassFixture<RabbitMqWorld>;
