using System.Globalization;
using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>
/// QuickBooks Desktop's own import: tabs, a chart, and a general journal entry for each day in whole cents. One
/// currency a file.
/// </summary>
internal sealed class IifExport(ExportScope scope) : IJournalExport
{
    private const string Columns = "TRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO";
    private const string Type = "GENERAL JOURNAL";

    private readonly CentSummary _cents = CentBooks.Opened(scope);
    private DateOnly? _day;

    public void Begin(TextWriter output)
    {
        output.Write("!ACCNT\tNAME\tACCNTTYPE\tACCNUM\r\n");
        foreach (var account in ChartOfAccounts.All)
        {
            output.Write($"ACCNT\t{account.Name}\t{TypeOf(account.Class)}\t{account.Code}\r\n");
        }

        output.Write($"!TRNS\t{Columns}\r\n!SPL\t{Columns}\r\n!ENDTRNS\r\n");
    }

    public void Add(TextWriter output, JournalEntry entry)
    {
        var day = scope.DateOf(entry);
        if (_day is { } before && before != day)
        {
            Write(output, before);
        }

        _day = day;
        CentBooks.Add(_cents, entry);
    }

    public void End(TextWriter output)
    {
        if (_day is { } last)
        {
            Write(output, last);
        }
    }

    private void Write(TextWriter output, DateOnly day)
    {
        var lines = _cents.Cut();
        foreach (var (index, line) in lines.Index())
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{(index == 0 ? "TRNS" : "SPL")}\t{Type}\t{day:MM/dd/yyyy}\t{line.Account.Name}\t"
                + $"{line.Amount.ToAmountString()}\t{day:yyyyMMdd}\tmarketplace journal\r\n"));
        }

        if (lines.Count > 0)
        {
            output.Write("ENDTRNS\r\n");
        }
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
