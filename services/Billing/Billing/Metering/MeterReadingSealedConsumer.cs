using System.Numerics;
using Marketplace.Messages.Billing;
using Marketplace.Messages.HashrateProxy;
using Marketplace.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Metering;

/// <summary>
/// Stores a reading once, in whatever order they come, and tells the node how far it is complete. A contract that is
/// not known yet makes no difference: its readings wait.
/// </summary>
internal sealed partial class MeterReadingSealedConsumer(
    BillingDbContext context, ReadingChecks checks, TimeProvider time, ILogger<MeterReadingSealedConsumer> logger)
    : IMessageConsumer<MeterReadingSealed>
{
    /// <summary>Numbers looked at in one step when a hole is filled.</summary>
    private const int MaxSequencesPerStep = 1_000;

    public async Task ConsumeAsync(MeterReadingSealed message, CancellationToken cancellationToken)
    {
        var reading = checks.Check(message);
        var node = await LockNodeAsync(reading.NodeName, cancellationToken);
        if (!await StoreAsync(message, reading, cancellationToken))
        {
            await EnsureSameAsync(message, reading, cancellationToken);
            Acknowledge(node);
            return;
        }

        var before = node.ContiguousThrough;
        var through = await CountContiguousAsync(node, cancellationToken);
        node.Receive(reading.Sequence, through, time.GetUtcNow());
        if (node.ContiguousThrough > before)
        {
            Acknowledge(node);
        }
    }

    /// <summary>Readings of one node take turns from here to the end of the transaction.</summary>
    private async Task<MeteringNode> LockNodeAsync(string name, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO metering_nodes (name, contiguous_through, highest_seen) VALUES ({name}, 0, 0)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return await context.Nodes.FromSql($"SELECT * FROM metering_nodes WHERE name = {name} FOR UPDATE")
            .SingleAsync(cancellationToken);
    }

    private async Task<bool> StoreAsync(
        MeterReadingSealed message, MeterReading reading, CancellationToken cancellationToken)
    {
        var (missing, refused) = (reading.Missing, reading.Refused);
        var inserted = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO meter_readings (contract_id, minute_at, node_name, revision, sequence, promised, accepted,
                missing_by_seller, missing_by_renter, missing_by_pool, missing_by_marketplace,
                disputed, unpaid, refused_by_marketplace, is_last,
                payload, signature, received_at)
            VALUES ({reading.ContractId}, {reading.MinuteAt.ToUniversalTime()}, {reading.NodeName}, {reading.Revision},
                {reading.Sequence}, {(BigInteger)reading.PromisedHashes}, {(BigInteger)reading.AcceptedHashes},
                {(BigInteger)missing.SellerHashes}, {(BigInteger)missing.RenterHashes},
                {(BigInteger)missing.PoolHashes}, {(BigInteger)missing.MarketplaceHashes},
                {(BigInteger)refused.DisputedHashes}, {(BigInteger)refused.UnpaidHashes},
                {(BigInteger)refused.MarketplaceHashes}, {reading.IsLast},
                {message.Payload}, {message.Signature}, {time.GetUtcNow()})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return inserted == 1;
    }

    /// <summary>The same bytes again are an impatient node; other bytes under a used key are an alarm.</summary>
    private async Task EnsureSameAsync(
        MeterReadingSealed message, MeterReading reading, CancellationToken cancellationToken)
    {
        var contractId = new ContractId(reading.ContractId);
        var known = await context.Readings.AsNoTracking()
            .Where(one => (one.NodeName == reading.NodeName && one.Sequence == reading.Sequence)
                || (one.ContractId == contractId && one.MinuteAt == reading.MinuteAt
                    && one.NodeName == reading.NodeName && one.Revision == reading.Revision))
            .Select(one => one.Payload)
            .ToListAsync(cancellationToken);
        if (known.Any(payload => !payload.AsSpan().SequenceEqual(message.Payload)))
        {
            LogConflict(reading.NodeName, reading.Sequence, reading.ContractId);
            throw new ReadingRefusedException(
                $"Reading {reading.Sequence} of node '{reading.NodeName}' came again with other content.");
        }
    }

    private async Task<long> CountContiguousAsync(MeteringNode node, CancellationToken cancellationToken)
    {
        var through = node.ContiguousThrough;
        while (true)
        {
            var next = await context.Readings
                .Where(one => one.NodeName == node.Name && one.Sequence > through)
                .OrderBy(one => one.Sequence)
                .Select(one => one.Sequence)
                .Take(MaxSequencesPerStep)
                .ToListAsync(cancellationToken);
            var filled = next.TakeWhile((sequence, index) => sequence == through + index + 1).Count();
            through += filled;
            if (filled < MaxSequencesPerStep)
            {
                return through;
            }
        }
    }

    private void Acknowledge(MeteringNode node)
    {
        if (node.ContiguousThrough > 0)
        {
            context.Publish(new MeterReadingsAcknowledged(node.Name, node.ContiguousThrough));
        }
    }

    [LoggerMessage(
        LogLevel.Critical,
        "Reading {Sequence} of node {NodeName} for contract {ContractId} came again with other content")]
    private partial void LogConflict(string nodeName, long sequence, Guid contractId);
}
