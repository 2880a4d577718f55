using System.Data;
using System.Globalization;
using System.Text;
using Marketplace.Billing.Books;
using Marketplace.Billing.Journal;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Periods;
using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Exports;

internal static class DownloadExport
{
    /// <summary>Formats write text at once; it is sent when so much has come together.</summary>
    private const int MaxGatheredCharacters = 32 * 1024;

    private static readonly Dictionary<string, (string Extension, Func<ExportScope, IJournalExport> Make)> Formats =
        new(StringComparer.Ordinal)
        {
            ["csv"] = ("csv", scope => new CsvExport(scope)),
            ["hledger"] = ("journal", scope => new HledgerExport(scope)),
            ["beancount"] = ("beancount", scope => new BeancountExport(scope)),
            ["quickbooks"] = ("iif", scope => new IifExport(scope)),
            ["xero"] = ("csv", scope => new XeroExport(scope)),
        };

    public static void MapExports(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/ledger/exports/{format}", HandleAsync)
            .RequireAuthorization(Policies.Finance)
            .WithName("exportJournal")
            .WithSummary("The sealed journal, of a month or all of it: csv, hledger, beancount, quickbooks or xero.");

    /// <summary>All is read in one snapshot, so that the balances are those of the entries.</summary>
    private static async Task<PushStreamHttpResult> HandleAsync(
        string format,
        Period? period,
        string? currency,
        IDbContextFactory<BillingDbContext> contexts,
        PeriodClock clock,
        CancellationToken cancellationToken)
    {
        if (!Formats.TryGetValue(format, out var known))
        {
            throw BusinessRuleException.Invalid(
                "format-unknown", $"'{format}' is none of {string.Join(", ", Formats.Keys)}.");
        }

        var inCurrency = Currency.Of(currency ?? Currency.Usd.Code);
        return TypedResults.Stream(
            output => WriteAsync(output, known.Make, period, inCurrency, contexts, clock, cancellationToken),
            "text/plain; charset=utf-8",
            $"journal-{period?.ToString() ?? "all"}.{known.Extension}");
    }

    private static async Task WriteAsync(
        Stream output,
        Func<ExportScope, IJournalExport> make,
        Period? period,
        Currency currency,
        IDbContextFactory<BillingDbContext> contexts,
        PeriodClock clock,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await context.Database.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellationToken);
        var opening = period is null ? [] : await BalancesAsync(context, period, cancellationToken);
        var closing = await BalancesAsync(context, period?.Next, cancellationToken);
        var export = make(new ExportScope(period, currency, opening, closing, clock));
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        export.Begin(text);
        await foreach (var entry in JournalRows.ByDayAsync(context, period, cancellationToken))
        {
            export.Add(text, entry);
            if (text.GetStringBuilder().Length > MaxGatheredCharacters)
            {
                await SendAsync(text, writer, cancellationToken);
            }
        }

        export.End(text);
        await SendAsync(text, writer, cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    private static async Task SendAsync(StringWriter text, StreamWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(text.GetStringBuilder(), cancellationToken);
        text.GetStringBuilder().Clear();
    }

    /// <param name="context">In the snapshot.</param>
    /// <param name="before">The first month that is left out; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private static Task<List<AccountBalance>> BalancesAsync(
        BillingDbContext context, Period? before, CancellationToken cancellationToken)
    {
        var name = before?.ToString();
        return AccountSums.ReadAsync(
            context,
            $"""
            SELECT posting.account, posting.currency::text, sum(posting.units) AS units
            FROM journal_places place
            JOIN entries entry ON entry.id = place.entry_id
            JOIN postings posting ON posting.entry_id = place.entry_id
            WHERE {name}::text IS NULL OR entry.period < {name}
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            cancellationToken);
    }
}
