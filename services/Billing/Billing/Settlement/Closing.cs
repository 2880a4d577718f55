using System.Numerics;

namespace Marketplace.Billing.Settlement;

/// <summary>
/// The end of a hold: what was not earned, as the credit note says it, in cents. What the document and the books differ
/// by is the residue.
/// </summary>
internal sealed record Closing
{
    private Closing(Money priceReturned, Money renterFeeReturned, Money vatReturned, Money heldUntilNow)
    {
        PriceReturned = priceReturned;
        RenterFeeReturned = renterFeeReturned;
        VatReturned = vatReturned;
        HeldUntilNow = heldUntilNow;
    }

    public Money PriceReturned { get; }

    /// <summary>Of the price: for work that was delivered and that the renter's pool refused by our fault.</summary>
    public Money RefusedReturned { get; private init; }

    public Money RenterFeeReturned { get; }

    public Money VatReturned { get; }

    /// <summary>What is left in the hold and leaves it now, at 1e-8.</summary>
    public Money HeldUntilNow { get; }

    public Money NetReturned => PriceReturned + RenterFeeReturned;

    public Money TotalReturned => NetReturned + VatReturned;

    /// <summary>What the marketplace adds (negative: keeps) so that the renter gets whole cents.</summary>
    public Money RoundedUpBy => NetReturned - HeldUntilNow;

    /// <param name="terms">What was agreed.</param>
    /// <param name="earned">What the renter pays for.</param>
    /// <param name="refused">Of the rest: what was proved, and refused by our fault.</param>
    public static Closing Of(ContractTerms terms, Earnings earned, Earnings? refused = null)
    {
        var price = (terms.Price - earned.Price).RoundToMinor();
        var renterFee = (terms.RenterFee - earned.RenterFee).RoundToMinor();
        return new Closing(price, renterFee, VatOn(price + renterFee, terms), terms.Hold - earned.FromHold)
        {
            RefusedReturned = (refused ?? Earnings.Zero(terms.Currency)).Price.RoundToMinor(),
        };
    }

    /// <summary>
    /// The part of the tax that was invoiced, not the rate once more: an order of which nothing was earned gets back
    /// exactly the tax it paid, however that was rounded.
    /// </summary>
    private static Money VatOn(Money net, ContractTerms terms)
    {
        var doubled = 2 * (BigInteger)terms.Vat.ToMinor() * net.ToMinor();
        var invoiced = (BigInteger)terms.Hold.ToMinor();
        return Money.FromMinor((long)((doubled + invoiced) / (2 * invoiced)), terms.Currency);
    }
}
