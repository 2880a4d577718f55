using System.Globalization;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// A journal that hledger reads (hledger.org, journal format). It ends with the database's own balances as assertions:
/// so <c>hledger check</c> compares them with the sums of what it has read.
/// </summary>
internal sealed class HledgerExport(ExportScope scope) : IJournalExport
{
    private readonly SortedSet<string> _accounts = new(
        scope.Opening.Concat(scope.Closing).Select(balance => balance.Account), StringComparer.Ordinal);

    private DateOnly _last = DateOnly.MinValue;

    public void Begin(TextWriter output)
    {
        foreach (var currency in Currencies())
        {
            output.Write($"commodity {currency} 1000.00000000\n");
        }

        foreach (var account in _accounts)
        {
            output.Write($"account {account}\n");
        }

        if (scope.Opening.Count > 0)
        {
            Open(output, scope.Period!.Value.FirstDay, "opening balances");
            foreach (var (account, balance) in scope.Opening)
            {
                output.Write($"    {account}  {Amount(balance)}\n");
            }
        }
    }

    public void Add(TextWriter output, JournalEntry entry)
    {
        Open(output, scope.DateOf(entry), $"({entry.Position}) {OneLine(entry.Key)} | {OneLine(entry.Description)}");
        foreach (var (account, amount) in entry.Postings)
        {
            output.Write($"    {account}  {Amount(amount)}\n");
        }
    }

    public void End(TextWriter output)
    {
        if (_last == DateOnly.MinValue)
        {
            return;
        }

        Open(output, _last, "what the books say");
        foreach (var (account, balance) in scope.Closing)
        {
            output.Write($"    {account}  {balance.Currency} 0 = {Amount(balance)}\n");
        }
    }

    private IEnumerable<Currency> Currencies() => scope.Opening.Concat(scope.Closing)
        .Select(balance => balance.Balance.Currency).Distinct()
        .OrderBy(currency => currency.Code, StringComparer.Ordinal);

    private void Open(TextWriter output, DateOnly date, string text)
    {
        _last = date;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"\n{date:yyyy-MM-dd} * {text}\n"));
    }

    /// <summary>A line end would begin a posting, a semicolon a comment.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter == ';' ? ',' : letter));

    private static string Amount(Money amount) => $"{amount.Currency} {amount.ToAmountString()}";
}
