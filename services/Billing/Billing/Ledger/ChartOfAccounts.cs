using System.Text.RegularExpressions;

namespace Marketplace.Billing.Ledger;

internal enum AccountClass
{
    Bank,
    Asset,
    Liability,
    Equity,
    Revenue,
    Expense,
}

/// <summary>
/// A line of the chart: one account, or all of one kind, as an outside bookkeeping has them together.
/// </summary>
/// <param name="Code">Four digits, for bookkeeping that goes by numbers.</param>
/// <param name="IsGuarded">What we owe on it can never be less than nothing.</param>
/// <param name="IsOfProvider">Only the provider's balance transactions move it.</param>
internal sealed record ControlAccount(
    string Code, string Name, AccountClass Class, bool IsGuarded = false, bool IsOfProvider = false);

/// <summary>The names that accounts may have. One that is not here cannot be posted to by hand.</summary>
internal static class ChartOfAccounts
{
    private const string Id = "[0-9A-Za-z-]+";
    private const string Provider = "(?!Bank:|Clearing:|Receivable:)[A-Z][A-Za-z]*";

    /// <summary>What whole cents and 1e-8 differ by.</summary>
    public static readonly ControlAccount Rounding = new("2900", "Rounding", AccountClass.Liability);

    private static readonly (Regex Pattern, ControlAccount Control)[] Lines =
    [
        Line("Assets:Bank:[A-Z][A-Za-z]*", new("1000", "Bank", AccountClass.Bank)),
        Line("Assets:Clearing:Payments", new("1100", "Payments in clearing", AccountClass.Asset)),
        OfProvider("Pending", new("1200", "Provider, pending", AccountClass.Asset)),
        OfProvider("Available", new("1210", "Provider, available", AccountClass.Asset)),
        OfProvider("DisputesHeld", new("1220", "Provider, disputes held", AccountClass.Asset)),
        OfProvider("PayoutsInTransit", new("1230", "Provider, payouts in transit", AccountClass.Asset)),
        OfProvider("Reserved", new("1240", "Provider, reserved", AccountClass.Asset)),
        Line($"Assets:Receivable:Renter:{Id}", new("1300", "Receivables from renters", AccountClass.Asset)),
        Line($"Assets:Receivable:Seller:{Id}", new("1310", "Receivables from sellers", AccountClass.Asset)),
        Guarded($"Liabilities:Renter:{Id}:Balance", new("2000", "Renters, balances", AccountClass.Liability)),
        Guarded($"Liabilities:Held:{Id}", new("2010", "Held funds", AccountClass.Liability)),
        Guarded($"Liabilities:Seller:{Id}:Accrued", new("2100", "Sellers, accrued", AccountClass.Liability)),
        Guarded($"Liabilities:Seller:{Id}:Payable", new("2110", "Sellers, payable", AccountClass.Liability)),
        Line($"Liabilities:Seller:{Id}:Reserve", new("2120", "Sellers, reserve", AccountClass.Liability)),
        Line($"Liabilities:Seller:{Id}:PayoutsInFlight", new("2130", "Sellers, in payouts", AccountClass.Liability)),
        Line($"Liabilities:Seller:{Id}:Frozen", new("2140", "Sellers, frozen", AccountClass.Liability)),
        Line("Liabilities:Refunds:InFlight", new("2200", "Refunds in flight", AccountClass.Liability)),
        Line("Liabilities:VAT:Output", new("2300", "VAT on sales", AccountClass.Liability)),
        Line("Liabilities:Rounding", Rounding),
        Line("Liabilities:Suspense", new("2910", "Suspense", AccountClass.Liability)),
        Line("Equity:Capital", new("3000", "Capital", AccountClass.Equity)),
        Line("Equity:Retained", new("3100", "Retained earnings", AccountClass.Equity)),
        Line("Revenue:RenterFee", new("4000", "Renter fees", AccountClass.Revenue)),
        Line("Revenue:SellerFee", new("4010", "Seller fees", AccountClass.Revenue)),
        Line("Expenses:RefusedWork", new("5000", "Refused work", AccountClass.Expense)),
        Line("Expenses:ChargebackLoss", new("5010", "Chargeback losses", AccountClass.Expense)),
        Line("Expenses:[A-Z][A-Za-z]*:Processing", new("5100", "Provider, processing fees", AccountClass.Expense)),
        Line("Expenses:[A-Z][A-Za-z]*:Dispute", new("5110", "Provider, dispute fees", AccountClass.Expense)),
        Line("Expenses:[A-Z][A-Za-z]*:Connect", new("5120", "Provider, account fees", AccountClass.Expense)),
    ];

    /// <summary>In the order of their codes.</summary>
    public static IEnumerable<ControlAccount> All => Lines.Select(line => line.Control);

    /// <summary>Null for a name that is not in the chart.</summary>
    public static ControlAccount? Find(string name)
    {
        foreach (var (pattern, control) in Lines)
        {
            if (pattern.IsMatch(name))
            {
                return control;
            }
        }

        return null;
    }

    private static (Regex, ControlAccount) OfProvider(string last, ControlAccount control) =>
        Line($"Assets:{Provider}:{last}", control with { IsOfProvider = true });

    private static (Regex, ControlAccount) Guarded(string pattern, ControlAccount control) =>
        Line(pattern, control with { IsGuarded = true });

    private static (Regex, ControlAccount) Line(string pattern, ControlAccount control) =>
        (new Regex($"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.Compiled), control);
}
