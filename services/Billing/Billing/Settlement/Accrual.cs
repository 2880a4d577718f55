namespace Marketplace.Billing.Settlement;

/// <summary>
/// Proved work as money. Always cumulative: what is due now is what was earned in all, less what is settled.
/// </summary>
internal static class Accrual
{
    private const int WholeBasisPoints = 10_000;

    /// <summary>
    /// Earned in all by this much work: price x min(proved, promised) / promised, rounded down, so that what is rounded
    /// stays with the renter until the end; of it the seller's part is rounded down and the fee is the rest.
    /// </summary>
    public static Earnings Earned(ContractTerms terms, Work proved)
    {
        var counted = Work.Min(proved, terms.PromisedWork);
        var price = terms.Price.Proportion(counted.Hashes, terms.PromisedWork.Hashes);
        var renterFee = terms.RenterFee.Proportion((UInt128)price.Units, (UInt128)terms.Price.Units);
        var sellerNet = price.AtBasisPoints(WholeBasisPoints - terms.SellerFeeBasisPoints);
        return new Earnings(sellerNet, price - sellerNet, renterFee);
    }

    /// <summary>What more is due than was settled already.</summary>
    /// <exception cref="InvalidOperationException">
    /// More was settled than proved: the books and the meter disagree.
    /// </exception>
    public static Earnings Due(ContractTerms terms, Work proved, Earnings settled)
    {
        var due = Earned(terms, proved) - settled;
        return due.SellerNet.IsNegative || due.SellerFee.IsNegative || due.RenterFee.IsNegative
            ? throw new InvalidOperationException(
                $"{settled.FromHold} was settled for {proved} hashes, which is too much.")
            : due;
    }
}
