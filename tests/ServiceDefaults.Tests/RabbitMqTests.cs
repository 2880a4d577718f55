using Marketplace.ServiceDefaults.Bus;
using Marketplace.ServiceDefaults.Messaging;
using Marketplace.ServiceDefaults.TestHost;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Marketplace.ServiceDefaults.Tests;

[Collection(nameof(RabbitMqWorld))]
public sealed class RabbitMqTests(RabbitMqWorld fixture) : IClassFixture<RabbitMqWorld>
{
    private const string Queue = "beta-counter-moved";
    private readonly RabbitMqWorld _world = fixture.OrSkip();

    [Fact]
    public async Task Queues_of_services_that_were_never_started_are_there_before_anyone_publishes()
    {
        await _world.SayAsync(new NumberSaid(1));
        await Eventually.TrueAsync(() => _world.InBetaAsync(beta => beta.BetaNumbers
            .AnyAsync(heard => heard.Number == 1)));

        foreach (var (messageType, services) in MessageRoutes.All)
        {
            foreach (var service in services)
            {
                var queue = ConsumerRegistration.QueueNameOf(service, messageType);
                (await _world.Queues.HasQuorumQueueAsync(queue)).ShouldBeTrue(queue);
            }
        }
    }

    [Fact]
    public async Task A_message_that_no_queue_takes_stays_in_the_outbox_and_is_sent_again()
    {
        var counter = Guid.CreateVersion7();
        await _world.SayAsync(new CounterMoved(Guid.CreateVersion7(), "the first one declares the topology", 1));
        await Eventually.TrueAsync(() => _world.InBetaAsync(beta => beta.CounterSteps.AnyAsync()));
        await _world.Queues.OnChannelAsync(async channel =>
        {
            await channel.QueueUnbindAsync(Queue, Queue, routingKey: "");
            await channel.QueueUnbindAsync(Queue, "Marketplace.ServiceDefaults.TestHost:CounterMoved", routingKey: "");
        });
        await _world.SayAsync(new CounterMoved(counter, "returned", 1));
        await Eventually.TrueAsync(() => _world.InAlphaAsync(alpha => alpha.Set<OutboxMessage>()
            .AnyAsync(row => row.AggregateId == counter && row.Attempts > 0 && row.SentAt == null)));

        await _world.Queues.OnChannelAsync(channel => channel.QueueBindAsync(Queue, Queue, routingKey: ""));

        await Eventually.TrueAsync(() => _world.InBetaAsync(beta => beta.CounterSteps
            .AnyAsync(step => step.CounterId == counter)));
        await Eventually.TrueAsync(() => _world.InAlphaAsync(alpha => alpha.Set<OutboxMessage>()
            .AnyAsync(row => row.AggregateId == counter && row.SentAt != null)));
    }
}
