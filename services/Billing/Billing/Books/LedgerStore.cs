using System.Numerics;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Periods;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Marketplace.Billing.Books;

/// <summary>
/// Puts entries in the books, in the transaction of the change they belong to. An entry that is there already is left
/// alone; the database itself checks that each sums to zero and that no guarded account is overdrawn.
/// </summary>
internal sealed partial class LedgerStore(PeriodClock periods, TimeProvider time, ILogger<LedgerStore> logger)
{
    /// <summary>Entries of one call.</summary>
    public const int MaxEntriesPerBatch = 1_000;

    /// <returns>How many were new.</returns>
    /// <exception cref="LedgerConflictException">A key is taken by other content.</exception>
    /// <exception cref="BusinessRuleException"><c>funds-insufficient</c></exception>
    public async Task<int> PostAsync(
        BillingDbContext context, IReadOnlyCollection<Entry> entries, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, MaxEntriesPerBatch, nameof(entries));
        if (entries.Count == 0)
        {
            return 0;
        }

        var transaction = context.Database.CurrentTransaction
            ?? throw new InvalidOperationException("Entries are posted in the transaction of what they belong to.");
        var connection = (NpgsqlConnection)transaction.GetDbTransaction().Connection!;
        var ordered = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        var posted = await InsertEntriesAsync(connection, ordered, cancellationToken);
        await InsertPostingsAsync(connection, ordered, posted, cancellationToken);
        if (posted.Count < ordered.Length)
        {
            await CheckAlreadyPostedAsync(
                connection, [.. ordered.Where(entry => !posted.ContainsKey(entry.Key))], cancellationToken);
        }

        return posted.Count;
    }

    private async Task<Dictionary<string, Guid>> InsertEntriesAsync(
        NpgsqlConnection connection, Entry[] entries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PeriodTurns.TakeToPost));
        var command = new NpgsqlBatchCommand(InsertEntries);
        batch.BatchCommands.Add(command);
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, entries, _ => Guid.CreateVersion7(now)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, entries, entry => entry.Key));
        command.Parameters.Add(Array(NpgsqlDbType.Text, entries, entry => entry.Description));
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, entries, entry => entry.Contract?.Value));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, entries, entry => entry.EffectiveAt.ToUniversalTime()));
        command.Parameters.Add(Array(NpgsqlDbType.Bytea, entries, entry => entry.ContentHash()));
        command.Parameters.Add(Array(NpgsqlDbType.Text, entries, entry => periods.Of(entry.EffectiveAt).ToString()));
        command.Parameters.Add(Array(NpgsqlDbType.Boolean, entries, entry => entry.IsByHand));
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        var posted = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            posted.Add(reader.GetString(0), reader.GetGuid(1));
        }

        return posted;
    }

    private static async Task InsertPostingsAsync(
        NpgsqlConnection connection,
        Entry[] entries,
        Dictionary<string, Guid> posted,
        CancellationToken cancellationToken)
    {
        var lines = entries
            .Where(entry => posted.ContainsKey(entry.Key))
            .SelectMany(entry => entry.Postings.Select((posting, index) =>
                (Entry: posted[entry.Key], Line: index + 1, Posting: posting)))
            .ToArray();
        if (lines.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(InsertPostings, connection);
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, lines, line => line.Entry));
        command.Parameters.Add(Array(NpgsqlDbType.Integer, lines, line => line.Line));
        command.Parameters.Add(Array(NpgsqlDbType.Text, lines, line => line.Posting.Account.Name));
        command.Parameters.Add(Array(NpgsqlDbType.Text, lines, line => line.Posting.Amount.Currency.Code));
        command.Parameters.Add(Array(NpgsqlDbType.Numeric, lines, line => (BigInteger)line.Posting.Amount.Units));
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException overdrawn) when (overdrawn.ConstraintName == BooksMigration.NeverInDebit)
        {
            throw new BusinessRuleException(
                "funds-insufficient", "There is less money on an account than this would take.");
        }
    }

    private async Task CheckAlreadyPostedAsync(
        NpgsqlConnection connection, Entry[] entries, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectHashes, connection);
        command.Parameters.Add(Array(NpgsqlDbType.Text, entries, entry => entry.Key));
        var hashes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                hashes.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
            }
        }

        foreach (var entry in entries)
        {
            if (!hashes.TryGetValue(entry.Key, out var hash) || !hash.AsSpan().SequenceEqual(entry.ContentHash()))
            {
                LogConflict(entry.Key);
                throw new LedgerConflictException(entry.Key);
            }
        }
    }

    private static NpgsqlParameter Array<TItem, TValue>(
        NpgsqlDbType type, IEnumerable<TItem> items, Func<TItem, TValue> value) => new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | type,
            Value = items.Select(value).ToArray(),
        };

    [LoggerMessage(LogLevel.Critical, "Entry {Key} is in the books with other postings")]
    private partial void LogConflict(string key);
}
