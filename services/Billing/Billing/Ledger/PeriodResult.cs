namespace Marketplace.Billing.Ledger;

/// <summary>What a month earned and cost, taken to the owners' equity when it is closed.</summary>
internal static class PeriodResult
{
    private const string Revenue = "Revenue:";
    private const string Expenses = "Expenses:";

    /// <summary>Accounts of one month, which begin the next one at zero.</summary>
    public static bool IsOfResult(string account) =>
        account.StartsWith(Revenue, StringComparison.Ordinal) || account.StartsWith(Expenses, StringComparison.Ordinal);

    /// <summary>Brings each of these accounts to zero; null where all are.</summary>
    /// <param name="period">The month.</param>
    /// <param name="balances">Of the accounts of the result, in one currency each.</param>
    /// <param name="cutOffAt">When the month was over.</param>
    public static Entry? Of(
        Period period, IReadOnlyCollection<(Account Account, Money Balance)> balances, DateTimeOffset cutOffAt)
    {
        Posting[] closing =
        [
            .. balances.Where(one => !one.Balance.IsZero).Select(one => Posting.Credit(one.Account, one.Balance)),
        ];
        Posting[] retained =
        [
            .. balances.GroupBy(one => one.Balance.Currency).Select(currency => Posting.Debit(
                Account.Retained, currency.Aggregate(Money.Zero(currency.Key), (sum, one) => sum + one.Balance))),
        ];
        return closing.Length == 0
            ? null
            : Entry.Of(
                EntryKey.Result(period), $"result of {period} to retained earnings", cutOffAt, null,
                [.. closing, .. retained]).ByHand();
    }
}
