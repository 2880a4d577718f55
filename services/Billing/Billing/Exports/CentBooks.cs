using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>Feeds the books into a summary in whole cents.</summary>
internal static class CentBooks
{
    public static CentSummary Opened(ExportScope scope)
    {
        var summary = new CentSummary(scope.Currency);
        foreach (var (account, balance) in scope.Opening)
        {
            summary.Add(ControlOf(account), balance);
        }

        summary.Cut();
        return summary;
    }

    public static void Add(CentSummary summary, JournalEntry entry)
    {
        foreach (var (account, amount) in entry.Postings)
        {
            summary.Add(ControlOf(account), amount);
        }
    }

    /// <exception cref="InvalidOperationException">Something was posted to an account without a line.</exception>
    private static ControlAccount ControlOf(string account) => ChartOfAccounts.Find(account)
        ?? throw new InvalidOperationException($"The account '{account}' is not in the chart.");
}
