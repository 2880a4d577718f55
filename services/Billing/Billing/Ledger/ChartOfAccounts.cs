using System.Text.RegularExpressions;

namespace Marketplace.Billing.Ledger;

/// <summary>The names that accounts may have. One that is not here cannot be posted to by hand.</summary>
internal static partial class ChartOfAccounts
{
    public static bool Knows(string name) => Known().IsMatch(name);

    /// <summary>The database keeps the same rule: <c>is_guarded</c>.</summary>
    public static bool IsGuarded(string name) => Guarded().IsMatch(name);

    public static bool IsOfProvider(string name) => OfProvider().IsMatch(name);

    [GeneratedRegex(
        """
        ^(Assets:Clearing:Payments
        |Assets:Bank:[A-Z][A-Za-z]*
        |Assets:[A-Z][A-Za-z]*:(Pending|Available|DisputesHeld|PayoutsInTransit|Reserved)
        |Assets:Receivable:(Renter|Seller):[0-9a-f-]{36}
        |Liabilities:Renter:[0-9a-f-]{36}:Balance
        |Liabilities:Held:([0-9a-f-]{36}|Frozen)
        |Liabilities:Seller:[0-9a-f-]{36}:(Accrued|Payable|Reserve|PayoutsInFlight|Frozen)
        |Liabilities:(Refunds:InFlight|VAT:Output|Rounding|Suspense)
        |Equity:(Capital|Retained)
        |Revenue:(RenterFee|SellerFee)
        |Expenses:(RefusedWork|ChargebackLoss)
        |Expenses:[A-Z][A-Za-z]*:(Processing|Dispute|Connect))$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Known();

    [GeneratedRegex("^Liabilities:(Renter:[^:]+:Balance|Held:[^:]+|Seller:[^:]+:(Accrued|Payable))$")]
    private static partial Regex Guarded();

    [GeneratedRegex("^Assets:(?!Bank:|Clearing:|Receivable:)[^:]+:")]
    private static partial Regex OfProvider();
}
