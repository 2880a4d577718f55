using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.TestHost;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

public sealed class InboxTests(TestWorld world) : IClassFixture<TestWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private MessageDelivery Delivery => world.Services.GetRequiredService<MessageDelivery>();

    [Fact]
    public async Task A_message_delivered_twice_is_applied_once()
    {
        var id = NewId();
        await Delivery.DeliverAsync("beta", id, new NumberSaid(1), Cancelled);
        await Delivery.DeliverAsync("beta", id, new NumberSaid(1), Cancelled);

        (await CountAsync(1)).ShouldBe(1);
    }

    [Fact]
    public async Task A_message_delivered_by_many_at_once_is_applied_once()
    {
        var id = NewId();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(
            _ => Delivery.DeliverAsync("beta", id, new NumberSaid(2), Cancelled)));

        (await CountAsync(2)).ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_effect_leaves_no_inbox_row_and_no_message()
    {
        var id = NewId();
        world.Faults.Numbers[3] = "not now";
        await Should.ThrowAsync<InvalidOperationException>(
            () => Delivery.DeliverAsync("beta", id, new NumberSaid(3), Cancelled));
        (await CountAsync(3)).ShouldBe(0);
        (await world.InBetaAsync(beta => beta.Set<OutboxMessage>().CountAsync(row => row.Body == "{\"number\":3}")))
            .ShouldBe(0);

        world.Faults.Numbers.TryRemove(3, out _);
        await Delivery.DeliverAsync("beta", id, new NumberSaid(3), Cancelled);
        (await CountAsync(3)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_id_with_other_content_raises_an_alarm_and_is_not_applied()
    {
        var id = NewId();
        await Delivery.DeliverAsync("beta", id, new NumberSaid(4), Cancelled);
        await world.InAlphaAsync(alpha => alpha.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO outbox_messages (id, message_type, body, created_at, attempts)
            VALUES ({id}, {typeof(NumberSaid).FullName}, {"{\"number\":5}"}, now(), 0)
            """));

        await Eventually.TrueAsync(() => world.InBetaAsync(beta => beta.Database
            .SqlQuery<Guid>($"SELECT message_id AS \"Value\" FROM dead_letters").AnyAsync(dead => dead == id)));
        (await CountAsync(5)).ShouldBe(0);
        world.Log.Lines.ShouldContain(line => line.Level == LogLevel.Critical && line.Text.Contains($"{id}"));
    }

    [Fact]
    public async Task A_version_after_a_gap_waits_until_the_gap_is_filled()
    {
        var counter = NewId();
        await MoveAsync(counter, 3);
        await MoveAsync(counter, 2);
        (await StepsAsync(counter)).ShouldBeEmpty();

        await MoveAsync(counter, 1);

        (await StepsAsync(counter)).ShouldBe([1L, 2L, 3L]);
        (await world.InBetaAsync(beta => beta.Database
            .SqlQuery<Guid>($"SELECT aggregate_id AS \"Value\" FROM parked_messages")
                .CountAsync(parked => parked == counter)))
            .ShouldBe(0);
    }

    [Fact]
    public async Task An_old_version_is_ignored()
    {
        var counter = NewId();
        await MoveAsync(counter, 1);
        await MoveAsync(counter, 2);
        await MoveAsync(counter, 1);

        (await StepsAsync(counter)).ShouldBe([1L, 2L]);
    }

    [Fact]
    public async Task Versions_in_any_order_and_all_at_once_are_applied_in_order()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var counters = Enumerable.Range(0, 5).Select(_ => NewId()).ToArray();
        var moves = counters.SelectMany(counter => Enumerable.Range(1, 20).Select(version => (counter, version)))
            .SelectMany(move => Enumerable.Repeat((move, id: NewId()), random.Next(1, 3)))
            .ToArray();
        random.Shuffle(moves);

        await Parallel.ForEachAsync(
            moves,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancelled },
            async (one, cancellationToken) => await Delivery.DeliverAsync(
                "beta", one.id, new CounterMoved(one.move.counter, "any", one.move.version), cancellationToken));

        foreach (var counter in counters)
        {
            await Eventually.TrueAsync(async () => (await StepsAsync(counter)).Count >= 20);
            (await StepsAsync(counter)).ShouldBe(Enumerable.Range(1, 20).Select(version => (long)version));
        }
    }

    private static Guid NewId() => Guid.CreateVersion7();

    private Task MoveAsync(Guid counter, long version) =>
        Delivery.DeliverAsync("beta", NewId(), new CounterMoved(counter, $"note {version}", version), Cancelled);

    private Task<int> CountAsync(int number) =>
        world.InBetaAsync(beta => beta.BetaNumbers.CountAsync(heard => heard.Number == number));

    private Task<List<long>> StepsAsync(Guid counter) => world.InBetaAsync(beta => beta.CounterSteps
        .Where(step => step.CounterId == counter).OrderBy(step => step.Id).Select(step => step.Version).ToListAsync());
}
