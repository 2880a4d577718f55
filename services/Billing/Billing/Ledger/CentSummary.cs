namespace Marketplace.Billing.Ledger;

/// <summary>An amount of whole cents on one line of the chart; a debit is positive.</summary>
internal sealed record CentLine(ControlAccount Account, Money Amount);

/// <summary>
/// The books in whole cents, for bookkeeping that knows no less. What is rounded is each account's balance, not each
/// entry: so what is told never drifts from the books by more than half a cent an account, however long it goes on.
/// What is left over stands on the account for rounding.
/// </summary>
internal sealed class CentSummary(Currency currency)
{
    private readonly SortedDictionary<string, Standing> _standings = new(StringComparer.Ordinal);

    public void Add(ControlAccount account, Money amount)
    {
        if (amount.Currency == currency)
        {
            var standing = StandingOf(account);
            standing.Balance += amount;
        }
    }

    /// <summary>What has changed since the last cut: sums to zero, empty where nothing has.</summary>
    public IReadOnlyList<CentLine> Cut()
    {
        var lines = new List<CentLine>();
        var rest = Money.Zero(currency);
        foreach (var standing in _standings.Values.Where(one => one.Account != ChartOfAccounts.Rounding))
        {
            var told = standing.Balance.RoundToMinor();
            var change = told - standing.Told;
            standing.Told = told;
            rest -= change;
            if (!change.IsZero)
            {
                lines.Add(new CentLine(standing.Account, change));
            }
        }

        if (!rest.IsZero)
        {
            lines.Add(new CentLine(ChartOfAccounts.Rounding, rest));
        }

        return lines;
    }

    private Standing StandingOf(ControlAccount account)
    {
        if (!_standings.TryGetValue(account.Code, out var standing))
        {
            _standings.Add(account.Code, standing = new Standing(account, Money.Zero(currency)));
        }

        return standing;
    }

    private sealed class Standing(ControlAccount account, Money zero)
    {
        public ControlAccount Account => account;

        public Money Balance { get; set; } = zero;

        public Money Told { get; set; } = zero;
    }
}
