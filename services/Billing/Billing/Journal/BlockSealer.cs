using System.Globalization;
using Marketplace.Billing.Books;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

/// <summary>
/// Gives entries their places in the journal and seals them in blocks. Only what no transaction can come before any
/// more is taken: an entry may have a lower number than another that was committed earlier, and a chain cannot be
/// mended.
/// </summary>
internal sealed class BlockSealer(BillingTransactions transactions, PayloadSigner signer, TimeProvider time)
{
    public const int MaxEntriesPerBlock = 1_000;

    /// <summary>As whom blocks are signed.</summary>
    private const string Signer = "billing";

    /// <summary>Of the advisory lock that one sealer at a time holds.</summary>
    private const long Turn = 0x6a6f75726e616c;

    /// <summary>Every transaction below it is over and has its places; zero until this process has looked.</summary>
    private ulong _lookedTo;

    /// <returns>The new block; null where there is nothing to seal, or another process seals.</returns>
    public async Task<JournalBlock?> SealAsync(CancellationToken cancellationToken)
    {
        var (block, lookedTo) = await transactions.RunAsync(SealAsync, cancellationToken);
        _lookedTo = lookedTo;
        return block;
    }

    private async Task<(JournalBlock? Block, ulong LookedTo)> SealAsync(
        BillingDbContext context, CancellationToken cancellationToken)
    {
        if (!await TryTakeTurnAsync(context, cancellationToken))
        {
            return (null, _lookedTo);
        }

        var last = await context.Blocks.AsNoTracking()
            .OrderByDescending(block => block.Number).FirstOrDefaultAsync(cancellationToken);
        var first = last is null ? 1 : last.FirstPosition + last.EntryCount;
        var cut = await CutAsync(context, cancellationToken);
        var count = await PlaceAsync(context, first, cut, cancellationToken);
        var lookedTo = count < MaxEntriesPerBlock ? cut : _lookedTo;
        if (count == 0)
        {
            return (null, lookedTo);
        }

        var entries = await JournalRows.ReadAsync(context, first, count, cancellationToken);
        var block = Sign(new JournalBlock(
            (last?.Number ?? 0) + 1, first, count, JournalFormat.HashOf(entries), last?.Hash ?? JournalBlock.NoHash,
            time.GetUtcNow(), "", ""));
        context.Blocks.Add(SealedBlock.Of(block));
        return (block, lookedTo);
    }

    private JournalBlock Sign(JournalBlock block) => block with
    {
        Hash = JournalFormat.HashOf(block),
        Signature = JournalFormat.ToDigits(signer.Sign(Signer, JournalFormat.BytesOf(block))),
    };

    private static async Task<bool> TryTakeTurnAsync(BillingDbContext context, CancellationToken cancellationToken) =>
        (await context.Database
            .SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({Turn}) AS "Value" """)
            .ToListAsync(cancellationToken)).Single();

    /// <summary>The first transaction that may be open still.</summary>
    private static async Task<ulong> CutAsync(BillingDbContext context, CancellationToken cancellationToken) =>
        ulong.Parse(
            (await context.Database
                .SqlQuery<string>($"""SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "Value" """)
                .ToListAsync(cancellationToken)).Single(),
            CultureInfo.InvariantCulture);

    /// <summary>
    /// The first look of a process takes everything: a server that the books were restored to numbers its transactions
    /// anew, so that old ones may lie above the new ones, and even above all that it has given out.
    /// </summary>
    private Task<int> PlaceAsync(
        BillingDbContext context, long first, ulong cut, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO journal_places (position, entry_id)
            SELECT {first} - 1 + row_number() OVER (ORDER BY settled.transaction_id, settled.sequence), settled.id
            FROM (
                SELECT id, transaction_id, sequence FROM entries entry
                WHERE (transaction_id >= CAST({Text(_lookedTo)} AS xid8) AND transaction_id < CAST({Text(cut)} AS xid8)
                        OR {_lookedTo == 0} AND transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
                    AND NOT EXISTS (SELECT FROM journal_places place WHERE place.entry_id = entry.id)
                ORDER BY transaction_id, sequence
                LIMIT {MaxEntriesPerBlock}
            ) settled
            """,
            cancellationToken);

    private static string Text(ulong transaction) => transaction.ToString(CultureInfo.InvariantCulture);
}
