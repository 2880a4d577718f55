using Marketplace.Billing.Ledger;
using Marketplace.Client.Billing;

namespace Marketplace.Billing.Exports;

/// <summary>Tells the books in whole cents: once for each day or month that has entries.</summary>
/// <typeparam name="TSpan">A day or a month.</typeparam>
internal abstract class CentExport<TSpan> : IJournalExport
    where TSpan : struct, IEquatable<TSpan>
{
    private readonly CentSummary _cents;
    private TSpan? _current;

    protected CentExport(ExportScope scope)
    {
        Scope = scope;
        _cents = new CentSummary(scope.Currency);
        foreach (var (account, balance) in scope.Opening)
        {
            _cents.Add(ControlOf(account), balance);
        }

        _cents.Cut();
    }

    protected ExportScope Scope { get; }

    public abstract void Begin(TextWriter output);

    public void Add(TextWriter output, JournalEntry entry)
    {
        var span = SpanOf(entry);
        if (!span.Equals(_current))
        {
            End(output);
        }

        _current = span;
        foreach (var (account, amount) in entry.Postings)
        {
            _cents.Add(ControlOf(account), amount);
        }
    }

    public void End(TextWriter output)
    {
        if (_current is { } last && _cents.Cut() is { Count: > 0 } lines)
        {
            Write(output, last, lines);
        }
    }

    protected abstract TSpan SpanOf(JournalEntry entry);

    /// <param name="output">The file.</param>
    /// <param name="span">The day or month that is over.</param>
    /// <param name="lines">What changed in it; they sum to zero.</param>
    protected abstract void Write(TextWriter output, TSpan span, IReadOnlyList<CentLine> lines);

    /// <exception cref="InvalidOperationException">Something was posted to an account without a line.</exception>
    private static ControlAccount ControlOf(string account) => ChartOfAccounts.Find(account)
        ?? throw new InvalidOperationException($"The account '{account}' is not in the chart.");
}
