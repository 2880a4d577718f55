using Marketplace.ServiceDefaults.Security;

namespace Marketplace.Billing.Books;

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        var ledger = routes.MapGroup("/ledger").RequireAuthorization(Policies.Finance);
        ledger.MapGet("/entries", ListEntries.HandleAsync)
            .WithName("listLedgerEntries")
            .WithSummary("Entries in the order of posting, all or of one contract.");
        ledger.MapGet("/trial-balance", ShowTrialBalance.HandleAsync)
            .WithName("showTrialBalance")
            .WithSummary("Every account with its balance; they sum to zero per currency.");
    }
}
