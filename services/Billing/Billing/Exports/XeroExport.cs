using System.Globalization;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// Xero's import of manual journals: one journal a month, since a file takes 300 lines at most (help.xero.com,
/// ManualJournalsImport). A debit is positive; one currency a file.
/// </summary>
internal sealed class XeroExport(ExportScope scope) : CentExport<Period>(scope)
{
    /// <summary>The tax stands on accounts of its own, so that Xero adds none.</summary>
    private const string TaxRate = "Tax Exempt";

    public override void Begin(TextWriter output) =>
        output.Write("*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount\r\n");

    protected override Period SpanOf(JournalEntry entry) => Period.Parse(entry.Period);

    protected override void Write(TextWriter output, Period span, IReadOnlyList<CentLine> lines)
    {
        foreach (var line in lines)
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Csv.Text($"Marketplace journal {span}")},{span.Next.FirstDay.AddDays(-1):dd/MM/yyyy},"
                + $"{Csv.Text(line.Account.Name)},{line.Account.Code},{TaxRate},{line.Amount.ToAmountString()}\r\n"));
        }
    }
}
