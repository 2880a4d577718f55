using System.Globalization;
using System.Text;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Tests.Service;

/// <summary>Entries as hledger reads them: a program that shares no code with ours.</summary>
internal static class HledgerJournal
{
    private static readonly string[] Checks =
        ["check", "accounts", "commodities", "ordereddates", "balanced", "assertions", "-f"];

    public static string Of(IReadOnlyList<LedgerEntry> entries)
    {
        var text = new StringBuilder("commodity USD 1000.00000000\n\n");
        var accounts = entries.SelectMany(entry => entry.Postings).Select(posting => posting.Account).Distinct();
        foreach (var account in accounts.Order(StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"account {account}");
        }

        foreach (var entry in entries.OrderBy(entry => entry.EffectiveAt.UtcDateTime.Date))
        {
            var said = entry.Description.Replace(';', ',');
            text.AppendLine(CultureInfo.InvariantCulture, $"\n{entry.EffectiveAt:yyyy-MM-dd} * {entry.Key} {said}");
            foreach (var posting in entry.Postings)
            {
                var amount = $"{posting.Amount.Currency} {posting.Amount.ToAmountString()}";
                text.AppendLine(CultureInfo.InvariantCulture, $"    {posting.Account}  {amount}");
            }
        }

        return text.ToString();
    }

    /// <returns>What hledger complains of; empty when it takes the journal.</returns>
    public static Task<string> ComplaintAsync(string journal) => Bookkeeper.ComplaintAsync("hledger", Checks, journal);
}
