using System.Globalization;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>A line for every posting (RFC 4180).</summary>
internal sealed class CsvExport(ExportScope scope) : IJournalExport
{
    private const string Header =
        "position,entry,key,period,date,effective_at,posted_at,contract,description,line,account,currency,debit,credit";

    public void Begin(TextWriter output) => output.Write(Header + "\r\n");

    public void Add(TextWriter output, JournalEntry entry)
    {
        foreach (var (index, (account, amount)) in entry.Postings.Index())
        {
            string[] fields =
            [
                entry.Position.ToString(CultureInfo.InvariantCulture),
                entry.Id.ToString(),
                Csv.Text(entry.Key),
                entry.Period,
                scope.DateOf(entry).ToString("O", CultureInfo.InvariantCulture),
                entry.EffectiveAt.ToString("u", CultureInfo.InvariantCulture),
                entry.PostedAt.ToString("u", CultureInfo.InvariantCulture),
                entry.ContractId?.ToString() ?? "",
                Csv.Text(entry.Description),
                (index + 1).ToString(CultureInfo.InvariantCulture),
                Csv.Text(account),
                amount.Currency.Code,
                amount.IsNegative ? "" : amount.ToAmountString(),
                amount.IsNegative ? (-amount).ToAmountString() : "",
            ];
            output.Write(string.Join(',', fields) + "\r\n");
        }
    }
}

internal static class Csv
{
    private const string Formula = "=+-@\t\r";

    /// <summary>Always quoted; what a spreadsheet would take for a formula is told to be text.</summary>
    public static string Text(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
