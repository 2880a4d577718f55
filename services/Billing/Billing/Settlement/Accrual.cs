namespace Marketplace.Billing.Settlement;

/// <summary>
/// Proved work as money. Always cumulative: what is due now is what was earned in all, less what is settled.
/// </summary>
internal static class Accrual
{
    private const int WholeBasisPoints = 10_000;

    /// <summary>
    /// Earned in all by this much work: price x min(work, promised) / promised, rounded down, so that what is rounded
    /// stays with the renter until the end; of it the seller's part is rounded down and the fee is the rest.
    /// </summary>
    public static Earnings Earned(ContractTerms terms, Work work)
    {
        var counted = Work.Min(work, terms.PromisedWork);
        var price = terms.Price.Proportion(counted.Hashes, terms.PromisedWork.Hashes);
        var renterFee = terms.RenterFee.Proportion((UInt128)price.Units, (UInt128)terms.Price.Units);
        var sellerNet = price.AtBasisPoints(WholeBasisPoints - terms.SellerFeeBasisPoints);
        return new Earnings(sellerNet, price - sellerNet, renterFee);
    }

    /// <summary>
    /// What more the renter owes while the contract runs. Work that was paid for and is refused later by our fault is
    /// made up for by the work that follows, or at the end.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// More was settled than proved: the books and the meter disagree.
    /// </exception>
    public static Earnings Due(ContractTerms terms, MeteredWork metered, Earnings settled)
    {
        var due = LastDue(terms, metered, settled);
        return due.IsNegative ? Earnings.Zero(terms.Currency) : due;
    }

    /// <summary>At the end: what more the renter owes, or, negative, what he has paid for and did not get.</summary>
    /// <exception cref="InvalidOperationException">
    /// More was settled than proved: the books and the meter disagree.
    /// </exception>
    public static Earnings LastDue(ContractTerms terms, MeteredWork metered, Earnings settled) =>
        (Earned(terms, metered.Proved) - settled).IsNegative
            ? throw new InvalidOperationException(
                $"{settled.FromHold} was settled for {metered.Proved} hashes, which is too much.")
            : Earned(terms, metered.Charged) - settled;

    /// <summary>
    /// What proved work would have earned that was refused by our fault: the price of it is not the renter's to pay,
    /// and the marketplace pays the seller's part, so that he gets what all his proved work earns and never more than
    /// was promised. Known at the end only: machines that go on may still deliver to the renter all that was promised.
    /// </summary>
    public static Earnings Refused(ContractTerms terms, MeteredWork metered) =>
        Earned(terms, metered.Proved) - Earned(terms, metered.Charged);
}
