using System.Security.Cryptography;
using System.Text;
using Marketplace.Messages;
using Marketplace.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>What became of a delivery. All but the last are committed and final.</summary>
internal enum Reception
{
    Applied,

    /// <summary>It had been applied before.</summary>
    Duplicate,

    /// <summary>A later version of its aggregate had been applied before.</summary>
    Superseded,

    /// <summary>An earlier version has not come yet.</summary>
    Parked,

    /// <summary>Its id, or its version, was used before for other content. Nothing was changed.</summary>
    Conflicting,
}

/// <summary>
/// Applies a message once: its inbox row, its aggregate's version and its effect are one transaction.
/// </summary>
internal sealed class Inbox<TMessage, TConsumer, TDbContext>(TDbContext context, TConsumer consumer, TimeProvider time)
    where TMessage : class
    where TConsumer : class, IMessageConsumer<TMessage>
    where TDbContext : ServiceDbContext
{
    public async Task<Reception> ReceiveAsync(
        string queue, Guid messageId, TMessage message, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(queue, messageId, MessageJson.Write(message), message as IVersioned);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var reception = await DecideAsync(delivery, cancellationToken);
        if (reception == Reception.Conflicting)
        {
            return reception;
        }

        if (reception == Reception.Applied)
        {
            await consumer.ConsumeAsync(message, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return reception;
    }

    private async Task<Reception> DecideAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var applied = delivery.Versioned is null ? 0 : await LockVersionAsync(delivery, cancellationToken);
        if (delivery.Versioned is { } versioned && versioned.Version > applied + 1)
        {
            return await ParkAsync(delivery, versioned, cancellationToken);
        }

        var reception = await RecordAsync(delivery, cancellationToken);
        if (reception != Reception.Applied || delivery.Versioned is null)
        {
            return reception;
        }

        return delivery.Versioned.Version <= applied
            ? Reception.Superseded
            : await AdvanceAsync(delivery, cancellationToken);
    }

    private async Task<Reception> RecordAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(delivery.Body));
        var inserted = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox_messages (consumer, message_id, content_hash, received_at)
            VALUES ({delivery.Queue}, {delivery.MessageId}, {hash}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (inserted == 1)
        {
            return Reception.Applied;
        }

        var known = await context.Set<InboxMessage>().AsNoTracking()
            .Where(row => row.Consumer == delivery.Queue && row.MessageId == delivery.MessageId)
            .Select(row => row.ContentHash)
            .SingleAsync(cancellationToken);
        return known.AsSpan().SequenceEqual(hash) ? Reception.Duplicate : Reception.Conflicting;
    }

    /// <summary>Versions of one aggregate take turns from here to the end of the transaction.</summary>
    private async Task<long> LockVersionAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var aggregateId = delivery.Versioned!.AggregateId;
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO applied_versions (consumer, aggregate_id, version)
            VALUES ({delivery.Queue}, {aggregateId}, 0) ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        var locked = await context.Database.SqlQuery<long>(
            $"""
            SELECT version AS "Value" FROM applied_versions
            WHERE consumer = {delivery.Queue} AND aggregate_id = {aggregateId} FOR UPDATE
            """).ToListAsync(cancellationToken);
        return locked.Single();
    }

    private async Task<Reception> AdvanceAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var versioned = delivery.Versioned!;
        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE applied_versions SET version = {versioned.Version}
            WHERE consumer = {delivery.Queue} AND aggregate_id = {versioned.AggregateId}
            """,
            cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM parked_messages WHERE consumer = {delivery.Queue}
            AND aggregate_id = {versioned.AggregateId} AND version = {versioned.Version}
            """,
            cancellationToken);
        return Reception.Applied;
    }

    private async Task<Reception> ParkAsync(
        Delivery delivery, IVersioned versioned, CancellationToken cancellationToken)
    {
        var inserted = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO parked_messages (consumer, aggregate_id, version, message_id, body, parked_at, attempts)
            VALUES ({delivery.Queue}, {versioned.AggregateId}, {versioned.Version}, {delivery.MessageId},
                {delivery.Body}, {time.GetUtcNow()}, 0)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (inserted == 1)
        {
            return Reception.Parked;
        }

        var isSame = await context.Set<ParkedMessage>().AnyAsync(
            parked => parked.Consumer == delivery.Queue && parked.AggregateId == versioned.AggregateId
                && parked.Version == versioned.Version && parked.Body == delivery.Body,
            cancellationToken);
        return isSame ? Reception.Parked : Reception.Conflicting;
    }

    private sealed record Delivery(string Queue, Guid MessageId, string Body, IVersioned? Versioned);
}
