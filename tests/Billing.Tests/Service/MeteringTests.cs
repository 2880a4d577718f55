using Marketplace.Billing.Metering;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.TestKit;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Service;

public sealed class MeteringTests : IAsyncLifetime
{
    private readonly BillingWorld _world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_reading_is_stored_once_and_acknowledged()
    {
        var contract = await _world.StartAsync();
        var reading = _world.Sealed(contract, 0, 1_000);
        await _world.DeliverAsync(reading);
        await _world.DeliverAsync(reading);
        (await CountAsync()).ShouldBe(1);
        (await _world.PublishedAsync<MeterReadingsAcknowledged>())
            .ShouldAllBe(acknowledged => acknowledged == new MeterReadingsAcknowledged(BillingWorld.Node, 1));
    }

    [Fact]
    public async Task Only_what_has_no_hole_before_it_is_acknowledged_and_the_hole_is_asked_for()
    {
        var contract = await _world.StartAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        var readings = Enumerable.Range(0, 5).Select(minute => _world.Sealed(contract, minute, 1_000)).ToArray();
        foreach (var index in new[] { 4, 0, 3 })
        {
            await _world.DeliverAsync(readings[index]);
        }

        (await ThroughAsync()).ShouldBe(1);
        _world.Time.Advance(TimeSpan.FromSeconds(11));
        await Eventually.TrueAsync(async () => (await _world.PublishedAsync<MeterReadingsRequested>())
            .Contains(new MeterReadingsRequested(BillingWorld.Node, 2, 3)));
        await _world.DeliverAsync(readings[2]);
        await _world.DeliverAsync(readings[1]);
        (await ThroughAsync()).ShouldBe(5);
        var node = await _world.InDatabaseAsync(context => context.Nodes.SingleAsync(Cancellation));
        node.HoleSinceAt.ShouldBeNull();
    }

    [Fact]
    public async Task Readings_of_a_contract_nobody_knows_yet_wait()
    {
        var unknown = TestContract.New(_world.Time);
        unknown.StartAt = _world.Time.GetUtcNow();
        await _world.MeterAsync(unknown, 0, 1_000);
        (await ThroughAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_minute_with_other_content_is_an_alarm()
    {
        var contract = await _world.StartAsync();
        await _world.MeterAsync(contract, 0, 1_000);
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 1, 0, 2_000)));
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 2, 0, 2_000)));
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 1, 1, 1_000)));
        (await CountAsync()).ShouldBe(1);
        await _world.DeliverAsync(_world.Sign(contract.Reading(BillingWorld.Node, 2, 0, 50, revision: 1)));
        (await CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task What_its_node_did_not_sign_is_refused()
    {
        var contract = await _world.StartAsync();
        var reading = contract.Reading(BillingWorld.Node, 1, 0, 1_000);
        await RefusedAsync(_world.Sign(reading, signer: $"proxy.{BillingWorld.OtherNode}"));
        await RefusedAsync(_world.Sign(reading, signer: "billing"));
        await RefusedAsync(_world.Sign(
            reading, envelopeNode: BillingWorld.OtherNode, signer: $"proxy.{BillingWorld.OtherNode}"));
        await RefusedAsync(_world.Sign(reading, envelopeNode: "nobody"));
        await RefusedAsync(_world.Sign(reading) with { Sequence = 2 });
        var sealedReading = _world.Sign(reading);
        sealedReading.Payload[^2] ^= 1;
        await RefusedAsync(sealedReading);
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_reading_from_the_future_or_off_the_minute_is_refused()
    {
        var contract = await _world.StartAsync();
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 1, 60, 1_000)));
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 1, 0, 1_000) with
        {
            MinuteAt = contract.StartAt.AddSeconds(1),
        }));
        await RefusedAsync(_world.Sign(contract.Reading(BillingWorld.Node, 0, 0, 1_000)));
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_closes_twice_at_different_numbers_is_an_alarm()
    {
        var contract = await _world.StartAsync();
        var closed = new ContractNodeClosed(contract.Contract.Value, BillingWorld.Node, 7, _world.Time.GetUtcNow());
        await _world.DeliverAsync(closed);
        await _world.DeliverAsync(closed);
        await Should.ThrowAsync<ReadingRefusedException>(() => _world.DeliverAsync(closed with { LastSequence = 8 }));
    }

    private Task<ReadingRefusedException> RefusedAsync(MeterReadingSealed message) =>
        Should.ThrowAsync<ReadingRefusedException>(() => _world.DeliverAsync(message));

    private Task<int> CountAsync() => _world.InDatabaseAsync(context => context.Readings.CountAsync(Cancellation));

    private async Task<long> ThroughAsync() =>
        (await _world.PublishedAsync<MeterReadingsAcknowledged>())[^1].ThroughSequence;
}
