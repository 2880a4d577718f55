using System.Globalization;
using Marketplace.Client.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Books;

internal static class ListEntries
{
    /// <summary>Entries of one page.</summary>
    private const int DefaultPageSize = 50;

    /// <summary>Entries of one page.</summary>
    private const int MaxPageSize = 200;

    public static async Task<Ok<LedgerPage>> HandleAsync(
        ContractId? contractId,
        string? cursor,
        int? limit,
        BillingDbContext context,
        CancellationToken cancellationToken)
    {
        var size = Math.Clamp(limit ?? DefaultPageSize, 1, MaxPageSize);
        var after = ReadCursor(cursor);
        var entries = await context.Entries.AsNoTracking()
            .Where(entry => entry.Sequence > after && (contractId == null || entry.ContractId == contractId))
            .OrderBy(entry => entry.Sequence)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        var page = entries.Take(size).ToList();
        var ids = page.ConvertAll(entry => entry.Id);
        var postings = (await context.Postings.AsNoTracking()
            .Where(posting => ids.Contains(posting.EntryId))
            .OrderBy(posting => posting.EntryId).ThenBy(posting => posting.Line)
            .ToListAsync(cancellationToken)).ToLookup(posting => posting.EntryId);
        var next = entries.Count > size ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new LedgerPage([.. page.Select(entry => ToView(entry, postings[entry.Id]))], next));
    }

    private static LedgerEntry ToView(BookedEntry entry, IEnumerable<BookedPosting> postings) => new(
        entry.Id,
        entry.Key,
        entry.Description,
        entry.EffectiveAt,
        entry.PostedAt,
        [.. postings.Select(posting =>
            new LedgerPosting(posting.Account, new Money(posting.Units, posting.Currency)))]);

    private static long ReadCursor(string? cursor)
    {
        if (cursor is null)
        {
            return 0;
        }

        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw BusinessRuleException.Invalid("cursor-invalid", "The cursor is not one that was given out.");
    }
}
