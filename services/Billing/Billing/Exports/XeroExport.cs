using System.Globalization;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// Xero's import of manual journals: one journal a month, since a file takes 300 lines at most (help.xero.com,
/// ManualJournalsImport). A debit is positive; one currency a file.
/// </summary>
internal sealed class XeroExport(ExportScope scope) : IJournalExport
{
    /// <summary>The tax stands on accounts of its own, so that Xero adds none.</summary>
    private const string TaxRate = "Tax Exempt";

    private readonly CentSummary _cents = CentBooks.Opened(scope);
    private Period? _period;

    public void Begin(TextWriter output) =>
        output.Write("*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount\r\n");

    public void Add(TextWriter output, JournalEntry entry)
    {
        var period = Period.Parse(entry.Period);
        if (_period is { } before && before != period)
        {
            Write(output, before);
        }

        _period = period;
        CentBooks.Add(_cents, entry);
    }

    public void End(TextWriter output)
    {
        if (_period is { } last)
        {
            Write(output, last);
        }
    }

    private void Write(TextWriter output, Period period)
    {
        foreach (var line in _cents.Cut())
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Csv.Text($"Marketplace journal {period}")},{period.Next.FirstDay.AddDays(-1):dd/MM/yyyy},"
                + $"{Csv.Text(line.Account.Name)},{line.Account.Code},{TaxRate},{line.Amount.ToAmountString()}\r\n"));
        }
    }
}
