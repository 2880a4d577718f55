using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>Applies messages that came too early, once their predecessor has been applied.</summary>
internal sealed class ParkedMessages(
    IServiceProvider provider, ServiceRegistry registry, DeadLetters deadLetters, ILogger<ParkedMessages> logger)
{
    /// <summary>Messages applied in one go; the loop takes the rest.</summary>
    private const int MaxBatch = 100;

    /// <summary>Failures of a parked message before it is dead-lettered.</summary>
    private const int MaxAttempts = 5;

    private const string Due = """
        SELECT parked.message_id, parked.aggregate_id, parked.version, parked.body, parked.attempts
        FROM parked_messages parked
        JOIN applied_versions applied USING (consumer, aggregate_id)
        WHERE parked.consumer = $1 AND parked.version <= applied.version + 1
            AND ($2::uuid IS NULL OR parked.aggregate_id = $2)
        ORDER BY parked.aggregate_id, parked.version
        LIMIT 1
        """;

    /// <summary>Applies the successors of an aggregate's version that has just been applied.</summary>
    public async Task ApplyAfterAsync(
        ConsumerRegistration consumer, Guid? aggregateId, CancellationToken cancellationToken)
    {
        var dataSource = registry.DatabaseOf(consumer.Service).DataSource(provider);
        for (var applied = 0; applied < MaxBatch; applied++)
        {
            if (await NextAsync(dataSource, consumer, aggregateId, cancellationToken) is not { } parked
                || !await ApplyAsync(dataSource, consumer, parked, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<bool> ApplyAsync(
        NpgsqlDataSource dataSource, ConsumerRegistration consumer, Parked parked, CancellationToken cancellationToken)
    {
        try
        {
            var reception = await consumer.DeliverAsync(provider, parked.MessageId, parked.Body, cancellationToken);
            if (reception is Reception.Duplicate or Reception.Superseded or Reception.Conflicting)
            {
                await RemoveAsync(dataSource, consumer, parked, cancellationToken);
            }

            if (reception is Reception.Conflicting)
            {
                await BuryAsync(consumer, parked, DeadLetters.OtherContent, cancellationToken);
            }

            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(
                failure, "Parked message {MessageId} failed in {Queue}", parked.MessageId, consumer.QueueName);
            await CountFailureAsync(dataSource, consumer, parked, failure, cancellationToken);
            return false;
        }
    }

    private async Task CountFailureAsync(
        NpgsqlDataSource dataSource, ConsumerRegistration consumer, Parked parked, Exception failure,
        CancellationToken cancellationToken)
    {
        if (parked.Attempts + 1 >= MaxAttempts)
        {
            await BuryAsync(consumer, parked, failure.ToString(), cancellationToken);
            await RemoveAsync(dataSource, consumer, parked, cancellationToken);
            return;
        }

        await using var command = dataSource.CreateCommand("""
            UPDATE parked_messages SET attempts = attempts + 1
            WHERE consumer = $1 AND aggregate_id = $2 AND version = $3
            """);
        AddKey(command, consumer, parked);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task BuryAsync(
        ConsumerRegistration consumer, Parked parked, string reason, CancellationToken cancellationToken) =>
        deadLetters.AddAsync(consumer, parked.MessageId, parked.Body, reason, cancellationToken);

    private static async Task RemoveAsync(
        NpgsqlDataSource dataSource, ConsumerRegistration consumer, Parked parked, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "DELETE FROM parked_messages WHERE consumer = $1 AND aggregate_id = $2 AND version = $3");
        AddKey(command, consumer, parked);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKey(NpgsqlCommand command, ConsumerRegistration consumer, Parked parked)
    {
        command.Parameters.Add(new() { Value = consumer.QueueName });
        command.Parameters.Add(new() { Value = parked.AggregateId });
        command.Parameters.Add(new() { Value = parked.Version });
    }

    private static async Task<Parked?> NextAsync(
        NpgsqlDataSource dataSource,
        ConsumerRegistration consumer,
        Guid? aggregateId,
        CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Due);
        command.Parameters.Add(new() { Value = consumer.QueueName });
        var only = (object?)aggregateId ?? DBNull.Value;
        command.Parameters.Add(new() { Value = only, NpgsqlDbType = NpgsqlDbType.Uuid });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        return new Parked(
            reader.GetGuid(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetString(3), reader.GetInt32(4));
    }

    private sealed record Parked(Guid MessageId, Guid AggregateId, long Version, string Body, int Attempts);
}
