using Marketplace.Billing.Ledger;
using Marketplace.Billing.Periods;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>What of the books a file tells.</summary>
/// <param name="Period">One month; null for all there is.</param>
/// <param name="Currency">For formats that know one only.</param>
/// <param name="Opening">The balances before, as the database sums them.</param>
/// <param name="Closing">The balances after.</param>
internal sealed record ExportScope(
    Period? Period,
    Currency Currency,
    IReadOnlyList<AccountBalance> Opening,
    IReadOnlyList<AccountBalance> Closing,
    PeriodClock Clock)
{
    /// <summary>
    /// The day an entry is told of: that of its fact, or the first of its month where that fact was late.
    /// </summary>
    public DateOnly DateOf(JournalEntry entry)
    {
        var period = Ledger.Period.Parse(entry.Period);
        return Clock.Of(entry.EffectiveAt) == period ? Clock.DateOf(entry.EffectiveAt) : period.FirstDay;
    }
}

/// <summary>A file format; one object writes one file.</summary>
internal interface IJournalExport
{
    void Begin(TextWriter output);

    /// <summary>In the order of their days.</summary>
    void Add(TextWriter output, JournalEntry entry);

    void End(TextWriter output)
    {
    }
}
