using Marketplace.Billing.Ledger;

namespace Marketplace.Billing.Settlement;

/// <summary>The entries of a contract's life, one method per event of the books.</summary>
internal static class ContractEntries
{
    /// <summary>The provider says paid; its balance transaction may not exist yet.</summary>
    public static Entry Payment(
        ContractParties parties, string providerPaymentId, Money gross, DateTimeOffset paidAt) => Entry.Of(
        EntryKey.Payment(providerPaymentId), "the provider says paid", paidAt, parties.Contract,
        Posting.Debit(Account.ClearingPayments, gross),
        Posting.Credit(Account.RenterBalance(parties.Renter), gross));

    /// <summary>The renter's money is applied to the order: the hold and the invoice's tax.</summary>
    public static Entry Order(
        ContractParties parties, ContractTerms terms, string invoiceNumber, DateTimeOffset at) => Entry.Of(
        EntryKey.Order(parties.Contract), $"applied to the order; prepayment invoice {invoiceNumber}",
        at, parties.Contract,
        Posting.Debit(Account.RenterBalance(parties.Renter), terms.Total),
        Posting.Credit(Account.Held(parties.Contract), terms.Hold),
        Posting.Credit(Account.VatOutput, terms.Vat));

    public static Entry Accrual(
        ContractParties parties, Earnings due, string key, MeteredWork metered, DateTimeOffset throughAt) => Entry.Of(
        key, $"{metered.Charged} hashes credited", throughAt, parties.Contract,
        Posting.Debit(Account.Held(parties.Contract), due.FromHold),
        Posting.Credit(Account.SellerAccrued(parties.Seller), due.SellerNet),
        Posting.Credit(Account.SellerFee, due.SellerFee),
        Posting.Credit(Account.RenterFee, due.RenterFee));

    /// <summary>
    /// The seller is paid for what the renter's pool refused by our fault; the hold has no part in it.
    /// </summary>
    public static Entry Refused(
        ContractParties parties, Earnings refused, MeteredWork metered, DateTimeOffset at) => Entry.Of(
        EntryKey.Refused(parties.Contract),
        $"{metered.RefusedByOurFault} proved hashes refused for what we sent", at, parties.Contract,
        Posting.Debit(Account.RefusedWork, refused.SellerNet),
        Posting.Credit(Account.SellerAccrued(parties.Seller), refused.SellerNet));

    /// <summary>The hold goes to exactly zero; null when it already is.</summary>
    /// <param name="creditNoteNumber">Null when what is left is less than half a cent and no document says so.</param>
    public static Entry? Close(
        ContractParties parties, Closing closing, string? creditNoteNumber, DateTimeOffset at) =>
        closing.HeldUntilNow.IsZero
            ? null
            : Entry.Of(
                EntryKey.Close(parties.Contract),
                creditNoteNumber is null
                    ? "closed; less than a cent was left"
                    : $"closed; credit note {creditNoteNumber}",
                at, parties.Contract,
                Posting.Debit(Account.Held(parties.Contract), closing.HeldUntilNow),
                Posting.Debit(Account.VatOutput, closing.VatReturned),
                Posting.Debit(Account.Rounding, closing.RoundedUpBy),
                Posting.Credit(Account.RenterBalance(parties.Renter), closing.TotalReturned));

    /// <summary>Asked of the provider, back to the source it came from.</summary>
    public static Entry Refund(
        ContractParties parties, string providerRefundId, Money amount, DateTimeOffset at) => Entry.Of(
        EntryKey.Refund(providerRefundId), "back to the source it came from", at, parties.Contract,
        Posting.Debit(Account.RenterBalance(parties.Renter), amount),
        Posting.Credit(Account.RefundsInFlight, amount));
}
