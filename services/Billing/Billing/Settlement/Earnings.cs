namespace Marketplace.Billing.Settlement;

/// <summary>What left a hold for whom: the split of earned money, at 1e-8.</summary>
/// <param name="SellerNet">The price earned, less the seller's fee.</param>
/// <param name="RenterFee">The renter's fee on the price earned.</param>
internal readonly record struct Earnings(Money SellerNet, Money SellerFee, Money RenterFee)
{
    /// <summary>Of the price.</summary>
    public Money Price => SellerNet + SellerFee;

    /// <summary>Out of the hold.</summary>
    public Money FromHold => Price + RenterFee;

    public bool IsNegative => SellerNet.IsNegative || SellerFee.IsNegative || RenterFee.IsNegative;

    public bool IsZero => SellerNet.IsZero && SellerFee.IsZero && RenterFee.IsZero;

    public static Earnings Zero(Currency currency)
    {
        var nothing = Money.Zero(currency);
        return new Earnings(nothing, nothing, nothing);
    }

    public static Earnings operator +(Earnings left, Earnings right) => new(
        left.SellerNet + right.SellerNet, left.SellerFee + right.SellerFee, left.RenterFee + right.RenterFee);

    public static Earnings operator -(Earnings left, Earnings right) => new(
        left.SellerNet - right.SellerNet, left.SellerFee - right.SellerFee, left.RenterFee - right.RenterFee);
}
