using System.Globalization;
using Marketplace.Billing.Orders;
using Marketplace.Billing.Settlement;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Documents;

/// <summary>Writes documents in the transaction of the entry they belong to. Documents speak whole cents.</summary>
internal static class DocumentIssuer
{
    private const int SecondsPerHour = 3_600;

    /// <summary>The prepayment invoice of an order: price, renter fee, tax.</summary>
    public static Task<string> IssueInvoiceAsync(
        BillingDbContext context, BilledOrder order, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var terms = order.Terms;
        (string, Money)[] lines =
        [
            (
                $"{order.Hashrate} of {order.Algorithm} for {Hours(order.DurationSeconds)} h: {order.ListingTitle}",
                terms.Price
            ),
            ($"Service fee {Percent(order.RenterFeeBasisPoints)} %", terms.RenterFee),
        ];
        return IssueAsync(
            context, order, new Draft(DocumentKind.Invoice, lines, terms.Hold, terms.Vat, null), at, cancellationToken);
    }

    /// <summary>What was not earned; null when that is nothing in cents, since no document says nothing.</summary>
    public static async Task<string?> IssueCreditNoteAsync(
        BillingDbContext context,
        BilledOrder order,
        Closing closing,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        if (closing.TotalReturned.IsZero)
        {
            return null;
        }

        var invoice = await context.Documents.AsNoTracking()
            .Where(document => document.ContractId == order.ContractId && document.Kind == DocumentKind.Invoice)
            .Select(document => document.Number)
            .SingleAsync(cancellationToken);
        (string, Money)[] lines =
        [
            ($"Hashrate not delivered: {order.ListingTitle}", closing.PriceReturned - closing.RefusedReturned),
            ($"Hashrate that your pool refused by our fault: {order.ListingTitle}", closing.RefusedReturned),
            ($"Service fee {Percent(order.RenterFeeBasisPoints)} % on it", closing.RenterFeeReturned),
        ];
        var draft = new Draft(DocumentKind.CreditNote, lines, closing.NetReturned, closing.VatReturned, invoice);
        return await IssueAsync(context, order, draft, at, cancellationToken);
    }

    private static async Task<string> IssueAsync(
        BillingDbContext context,
        BilledOrder order,
        Draft draft,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var renter = await context.Organisations.FindAsync([order.RenterId], cancellationToken);
        var number = await DocumentSeries.NextAsync(context, draft.Kind, at, cancellationToken);
        var document = new IssuedDocument
        {
            Id = DocumentId.From(Guid.CreateVersion7(at)),
            Kind = draft.Kind,
            Number = number,
            ContractId = order.ContractId,
            RenterId = order.RenterId,
            IssuedTo = renter?.Name ?? $"Organisation {order.RenterId}",
            Currency = order.Currency,
            NetUnits = draft.Net.Units,
            VatBasisPoints = order.VatBasisPoints,
            VatUnits = draft.Vat.Units,
            TotalUnits = (draft.Net + draft.Vat).Units,
            CorrectsNumber = draft.CorrectsNumber,
            IssuedAt = at,
        };
        context.Documents.Add(document);
        context.DocumentLines.AddRange(
            draft.Lines.Where(line => !line.Amount.IsZero).Select((line, index) => new IssuedLine
            {
                DocumentId = document.Id,
                Line = index + 1,
                Text = line.Text,
                Units = line.Amount.Units,
            }));
        return number;
    }

    private static string Hours(int seconds) =>
        ((decimal)seconds / SecondsPerHour).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Percent(int basisPoints) =>
        ((decimal)basisPoints / 100).ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record Draft(
        DocumentKind Kind,
        IReadOnlyList<(string Text, Money Amount)> Lines,
        Money Net,
        Money Vat,
        string? CorrectsNumber);
}
