using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Documents;

/// <summary>The numbers of one kind of document in one year.</summary>
internal sealed class DocumentSeries
{
    /// <summary><c>INV</c>, <c>CN</c></summary>
    public required string Prefix { get; init; }

    public required int Year { get; init; }

    public required long LastNumber { get; init; }

    /// <summary>
    /// The next number, <c>INV-2026-000001</c>. Its row stays locked until the transaction ends, so that a number is
    /// either on a document or was never given: there are no gaps.
    /// </summary>
    public static async Task<string> NextAsync(
        BillingDbContext context, DocumentKind kind, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var prefix = kind == DocumentKind.Invoice ? "INV" : "CN";
        var year = at.UtcDateTime.Year;
        var given = await context.Database.SqlQuery<long>(
            $"""
            INSERT INTO document_series (prefix, year, last_number) VALUES ({prefix}, {year}, 1)
            ON CONFLICT (prefix, year) DO UPDATE SET last_number = document_series.last_number + 1
            RETURNING last_number AS "Value"
            """).ToListAsync(cancellationToken);
        return $"{prefix}-{year}-{given.Single():000000}";
    }
}
