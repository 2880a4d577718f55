using Npgsql;

namespace Marketplace.ServiceDefaults.Messaging;

/// <summary>A message as it waits in the outbox.</summary>
internal sealed record WaitingMessage(Guid Id, string MessageType, string Body, string? TraceParent);

/// <summary>The outbox as its dispatcher sees it, over the one connection that holds the lock.</summary>
internal sealed class OutboxTable(NpgsqlConnection connection)
{
    /// <summary>Any number will do, as long as nothing else in the database locks it.</summary>
    private const long LockKey = 0x6D61726B6F757462;

    /// <summary>Sent rows removed at a time.</summary>
    private const int PurgeBatch = 5_000;

    public async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT pg_try_advisory_lock($1)", LockKey);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async Task<IReadOnlyList<WaitingMessage>> WaitingAsync(
        Guid[] except, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            SELECT id, message_type, body, trace_parent FROM outbox_messages
            WHERE sent_at IS NULL AND id <> ALL ($1) ORDER BY sequence LIMIT $2
            """,
            except, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<WaitingMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var traceParent = await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetString(3);
            waiting.Add(new WaitingMessage(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), traceParent));
        }

        return waiting;
    }

    public Task MarkSentAsync(IEnumerable<Guid> ids, DateTimeOffset sentAt, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE outbox_messages SET sent_at = $2, attempts = attempts + 1 WHERE id = ANY ($1)",
            cancellationToken, ids.ToArray(), sentAt);

    public Task CountFailuresAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? Task.CompletedTask
            : ExecuteAsync(
                "UPDATE outbox_messages SET attempts = attempts + 1 WHERE id = ANY ($1)",
                cancellationToken,
                ids.ToArray());

    public Task PurgeAsync(DateTimeOffset sentBefore, CancellationToken cancellationToken) =>
        ExecuteAsync(
            """
            DELETE FROM outbox_messages WHERE id IN (SELECT id FROM outbox_messages WHERE sent_at < $1 LIMIT $2)
            """,
            cancellationToken, sentBefore, PurgeBatch);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
