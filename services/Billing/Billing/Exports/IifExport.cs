using System.Globalization;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// QuickBooks Desktop's own import: tabs, a chart, and a general journal entry for each day in whole cents. One
/// currency a file.
/// </summary>
internal sealed class IifExport(ExportScope scope) : CentExport<DateOnly>(scope)
{
    private const string Columns = "TRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO";
    private const string Type = "GENERAL JOURNAL";

    public override void Begin(TextWriter output)
    {
        output.Write("!ACCNT\tNAME\tACCNTTYPE\tACCNUM\r\n");
        foreach (var account in ChartOfAccounts.All)
        {
            output.Write($"ACCNT\t{account.Name}\t{TypeOf(account.Class)}\t{account.Code}\r\n");
        }

        output.Write($"!TRNS\t{Columns}\r\n!SPL\t{Columns}\r\n!ENDTRNS\r\n");
    }

    protected override DateOnly SpanOf(JournalEntry entry) => Scope.DateOf(entry);

    protected override void Write(TextWriter output, DateOnly span, IReadOnlyList<CentLine> lines)
    {
        foreach (var (index, line) in lines.Index())
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{(index == 0 ? "TRNS" : "SPL")}\t{Type}\t{span:MM/dd/yyyy}\t{line.Account.Name}\t"
                + $"{line.Amount.ToAmountString()}\t{span:yyyyMMdd}\tmarketplace journal\r\n"));
        }

        output.Write("ENDTRNS\r\n");
    }

    private static string TypeOf(AccountClass kind) => kind switch
    {
        AccountClass.Bank => "BANK",
        AccountClass.Asset => "OCASSET",
        AccountClass.Liability => "OCLIAB",
        AccountClass.Equity => "EQUITY",
        AccountClass.Revenue => "INC",
        _ => "EXP",
    };
}
