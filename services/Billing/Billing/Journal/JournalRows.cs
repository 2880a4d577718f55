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
        return rows.ConvertAll(row => new JournalEntry(
            row.Position,
            row.Entry.Id,
            row.Entry.Key,
            row.Entry.Description,
            row.Entry.Period,
            row.Entry.ContractId,
            row.Entry.EffectiveAt,
            row.Entry.PostedAt,
            [.. postings[row.Entry.Id].Select(posting =>
                new LedgerPosting(posting.Account, new Money(posting.Units, posting.Currency)))]));
    }
}
