using System.Runtime.CompilerServices;
using Marketplace.Billing.Books;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

/// <summary>Reads entries by their places.</summary>
internal static class JournalRows
{
    /// <returns>As many as there are, in their order.</returns>
    public static async Task<IReadOnlyList<JournalEntry>> ReadAsync(
        BillingDbContext context, long first, int count, CancellationToken cancellationToken)
    {
        var rows = await (
            from place in context.Places
            where place.Position >= first && place.Position < first + count
            join entry in context.Entries on place.EntryId equals entry.Id
            orderby place.Position
            select new { place.Position, Entry = entry }).AsNoTracking().ToListAsync(cancellationToken);
        var postings = (await (
            from place in context.Places
            where place.Position >= first && place.Position < first + count
            join posting in context.Postings on place.EntryId equals posting.EntryId
            orderby posting.EntryId, posting.Line
            select posting).AsNoTracking().ToListAsync(cancellationToken)).ToLookup(posting => posting.EntryId);
        return rows.ConvertAll(row =>
            ToView(row.Position, row.Entry, [.. postings[row.Entry.Id].Select(ToView)]));
    }

    /// <summary>By month and day, as it comes from the database: a month need not fit into memory.</summary>
    /// <param name="context">In a snapshot.</param>
    /// <param name="period">One month; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<JournalEntry> ByDayAsync(
        BillingDbContext context, Period? period, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = period?.ToString();
        var rows = (
            from place in context.Places
            join entry in context.Entries on place.EntryId equals entry.Id
            join posting in context.Postings on entry.Id equals posting.EntryId
            where name == null || entry.Period == name
            orderby entry.Period, entry.EffectiveAt, place.Position, posting.Line
            select new { place.Position, Entry = entry, Posting = posting }).AsNoTracking().AsAsyncEnumerable();
        JournalEntry? whole = null;
        var postings = new List<LedgerPosting>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (whole is not null && whole.Position != row.Position)
            {
                yield return whole;
            }

            if (whole?.Position != row.Position)
            {
                postings = [];
                whole = ToView(row.Position, row.Entry, postings);
            }

            postings.Add(ToView(row.Posting));
        }

        if (whole is not null)
        {
            yield return whole;
        }
    }

    private static JournalEntry ToView(long position, BookedEntry entry, IReadOnlyList<LedgerPosting> postings) => new(
        position,
        entry.Id,
        entry.Key,
        entry.Description,
        entry.Period,
        entry.ContractId,
        entry.EffectiveAt,
        entry.PostedAt,
        postings);

    private static LedgerPosting ToView(BookedPosting posting) =>
        new(posting.Account, new Money(posting.Units, posting.Currency));
}
