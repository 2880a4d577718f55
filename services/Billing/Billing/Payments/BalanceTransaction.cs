using Marketplace.Billing.Ledger;

namespace Marketplace.Billing.Payments;

/// <summary>One line of the provider's own books: the only thing that moves the provider's accounts in ours.</summary>
/// <param name="Gross">Positive; which way it goes follows from what it is of.</param>
/// <param name="Fee">Kept by the provider.</param>
internal sealed record BalanceTransaction(
    string Id, string Provider, Money Gross, Money Fee, DateTimeOffset MadeAt, DateTimeOffset AvailableAt)
{
    /// <summary>A charge: clearing returns to zero, the rest is pending.</summary>
    public Entry OfCharge(ContractId contract) => Entry.Of(
        EntryKey.BalanceTransaction(Id), "charge", MadeAt, contract,
        Posting.Debit(Account.ProviderPending(Provider), Gross - Fee),
        Posting.Debit(Account.ProviderProcessing(Provider), Fee),
        Posting.Credit(Account.ClearingPayments, Gross));

    /// <summary>The money of a charge may be used.</summary>
    public Entry OfAvailability(ContractId contract) => Entry.Of(
        EntryKey.BalanceTransactionAvailable(Id), "available", AvailableAt, contract,
        Posting.Debit(Account.ProviderAvailable(Provider), Gross - Fee),
        Posting.Credit(Account.ProviderPending(Provider), Gross - Fee));

    /// <summary>A refund has left: what was in flight has landed.</summary>
    public Entry OfRefund(ContractId contract) => Entry.Of(
        EntryKey.BalanceTransaction(Id), "refund", MadeAt, contract,
        Posting.Debit(Account.RefundsInFlight, Gross),
        Posting.Debit(Account.ProviderProcessing(Provider), Fee),
        Posting.Credit(Account.ProviderAvailable(Provider), Gross + Fee));
}
