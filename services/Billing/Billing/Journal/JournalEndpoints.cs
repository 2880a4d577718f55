using Marketplace.Client.Billing;
using Marketplace.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Billing.Journal;

internal static class JournalEndpoints
{
    public static void MapJournal(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/head", ShowHeadAsync)
            .WithName("showJournalHead")
            .WithSummary("The last sealed block of the books, to be kept outside of the marketplace.");
        var journal = routes.MapGroup("/ledger/journal").RequireAuthorization(Policies.Finance);
        journal.MapGet("", DownloadJournal.Handle)
            .WithName("downloadJournal")
            .WithSummary("Every sealed entry as JSON lines, block by block.");
        journal.MapGet("/balances", ShowJournalBalances.HandleAsync)
            .WithName("showJournalBalances")
            .WithSummary("What the books say after a block, to be compared with the sums of its entries.");
    }

    private static async Task<Ok<JournalBlock>> ShowHeadAsync(
        BillingDbContext context, CancellationToken cancellationToken) =>
        await context.Blocks.AsNoTracking().OrderByDescending(block => block.Number)
            .FirstOrDefaultAsync(cancellationToken) is { } head
            ? TypedResults.Ok(head.ToView())
            : throw new BusinessRuleException("journal-empty", "Nothing has been sealed yet.", RuleKind.NotFound);
}
