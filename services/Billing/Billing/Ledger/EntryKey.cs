using System.Globalization;

namespace Marketplace.Billing.Ledger;

/// <summary>
/// The natural keys of entries: each names a fact, so that it is booked once whoever reports it, and how often.
/// </summary>
internal static class EntryKey
{
    private const string BalanceTransactionPrefix = "bt:";

    public static string Payment(string providerPaymentId) => $"payment:{providerPaymentId}";

    public static string Order(ContractId contract) => $"order:{contract}";

    public static string BalanceTransaction(string transactionId) => $"{BalanceTransactionPrefix}{transactionId}";

    public static string BalanceTransactionAvailable(string transactionId) =>
        $"{BalanceTransactionPrefix}{transactionId}:available";

    /// <param name="throughAt">The end of the last minute that is paid for.</param>
    public static string Accrual(ContractId contract, DateTimeOffset throughAt) =>
        $"accrual:{contract}:{throughAt.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>What late readings of minutes already accrued still earned.</summary>
    public static string LastAccrual(ContractId contract) => $"accrual:{contract}:close";

    /// <summary>What the marketplace pays for.</summary>
    public static string Refused(ContractId contract) => $"refused:{contract}";

    public static string Close(ContractId contract) => $"close:{contract}";

    /// <summary>A month's result, taken to retained earnings.</summary>
    public static string Result(Period period) => $"close:{period}";

    /// <summary>By hand: proposed by one person, approved by another.</summary>
    public static string Manual(ProposalId proposal) => $"manual:{proposal}";

    /// <summary>By hand: an entry is reversed once.</summary>
    public static string Reversal(string reversedKey) => $"reversal:{reversedKey}";

    public static string Refund(string providerRefundId) => $"refund:{providerRefundId}";

    public static bool IsBalanceTransaction(string key) =>
        key.StartsWith(BalanceTransactionPrefix, StringComparison.Ordinal);
}
