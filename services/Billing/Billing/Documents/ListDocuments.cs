using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Documents;

internal static class ListDocuments
{
    /// <summary>Documents of one contract; an invoice and a few credit notes.</summary>
    private const int MaxDocuments = 100;

    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/contracts/{contractId}/documents", HandleAsync)
            .WithName("listDocuments")
            .WithSummary("The invoice and credit notes of a contract, for its renter and for finance.");

    public static async Task<Ok<IReadOnlyList<Document>>> HandleAsync(
        ContractId contractId, Caller caller, BillingDbContext context, CancellationToken cancellationToken)
    {
        var isFinance = caller.IsInRole(Policies.Finance);
        var isVisible = await context.Orders.AnyAsync(
            order => order.ContractId == contractId && (isFinance || order.RenterId == caller.OrganisationId),
            cancellationToken);
        if (!isVisible)
        {
            throw BusinessRuleException.NotFound("contract");
        }

        var documents = await context.Documents.AsNoTracking()
            .Where(document => document.ContractId == contractId)
            .OrderBy(document => document.IssuedAt).ThenBy(document => document.Id)
            .Take(MaxDocuments)
            .ToListAsync(cancellationToken);
        var ids = documents.ConvertAll(document => document.Id);
        var lines = (await context.DocumentLines.AsNoTracking()
            .Where(line => ids.Contains(line.DocumentId))
            .OrderBy(line => line.DocumentId).ThenBy(line => line.Line)
            .ToListAsync(cancellationToken)).ToLookup(line => line.DocumentId);
        return TypedResults.Ok<IReadOnlyList<Document>>(
            [.. documents.Select(document => ToView(document, lines[document.Id]))]);
    }

    private static Document ToView(IssuedDocument document, IEnumerable<IssuedLine> lines)
    {
        Money In(Int128 units) => new(units, document.Currency);
        return new Document(
            document.Id,
            document.Kind == DocumentKind.Invoice ? "invoice" : "credit-note",
            document.Number,
            document.ContractId,
            document.IssuedTo,
            [.. lines.Select(line => new DocumentLine(line.Text, In(line.Units)))],
            In(document.NetUnits),
            document.VatBasisPoints,
            In(document.VatUnits),
            In(document.TotalUnits),
            document.CorrectsNumber,
            document.IssuedAt);
    }
}
