using System.Globalization;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// A file that beancount reads (beancount.github.io, language syntax). Its root for revenue is <c>Income</c>, and a
/// part of a name begins with a capital or a digit.
/// </summary>
internal sealed class BeancountExport(ExportScope scope) : IJournalExport
{
    private const string Revenue = "Revenue:";
    private const string Income = "Income:";

    private DateOnly _last = DateOnly.MinValue;

    public void Begin(TextWriter output)
    {
        var first = scope.Period?.FirstDay ?? new DateOnly(2000, 1, 1);
        foreach (var account in scope.Opening.Concat(scope.Closing).Select(balance => Name(balance.Account))
            .Distinct().Order(StringComparer.Ordinal))
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM-dd} open {account}\n"));
        }

        if (scope.Opening.Count > 0)
        {
            Open(output, first, "opening balances", "");
            foreach (var (account, balance) in scope.Opening)
            {
                output.Write($"  {Name(account)}  {Amount(balance)}\n");
            }
        }
    }

    public void Add(TextWriter output, JournalEntry entry)
    {
        Open(output, scope.DateOf(entry), entry.Description, entry.Key);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  position: {entry.Position}\n"));
        foreach (var (account, amount) in entry.Postings)
        {
            output.Write($"  {Name(account)}  {Amount(amount)}\n");
        }
    }

    /// <summary>A balance holds at the beginning of its day.</summary>
    public void End(TextWriter output)
    {
        if (_last == DateOnly.MinValue)
        {
            return;
        }

        output.Write('\n');
        foreach (var (account, balance) in scope.Closing)
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{_last.AddDays(1):yyyy-MM-dd} balance {Name(account)}  {Amount(balance)}\n"));
        }
    }

    private void Open(TextWriter output, DateOnly date, string text, string key)
    {
        _last = date;
        output.Write(string.Create(
            CultureInfo.InvariantCulture, $"\n{date:yyyy-MM-dd} * {Quoted(key)} {Quoted(text)}\n"));
    }

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(letter => letter switch
    {
        '"' => "'",
        '\\' => "/",
        _ when char.IsControl(letter) => " ",
        _ => letter.ToString(),
    }))}\"";

    private static string Name(string account)
    {
        var rooted = account.StartsWith(Revenue, StringComparison.Ordinal)
            ? Income + account[Revenue.Length..]
            : account;
        return string.Join(':', rooted.Split(':').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    private static string Amount(Money amount) => $"{amount.ToAmountString()} {amount.Currency}";
}
