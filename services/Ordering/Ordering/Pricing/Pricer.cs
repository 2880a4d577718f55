namespace Marketplace.Ordering.Pricing;

/// <summary>
/// The price of promised work. Every amount that reaches a document is rounded to cents here, once, so that what is
/// quoted, paid, held and invoiced is one number.
/// </summary>
internal static class Pricer
{
    /// <exception cref="BusinessRuleException"><c>price-too-small</c>: it rounds to nothing.</exception>
    public static Terms TermsOf(WantedHashrate wanted, PricingPeriod period)
    {
        var promised = wanted.Hashrate.Over(TimeSpan.FromSeconds(wanted.DurationSeconds));
        var price = wanted.UnitPrice.Of(promised, wanted.Algorithm).RoundToMinor();
        if (price.IsZero)
        {
            throw BusinessRuleException.Invalid(
                "price-too-small", "This would cost less than a cent: ask for more hashrate or more time.");
        }

        var renterFee = price.AtBasisPoints(period.RenterFeeBasisPoints).RoundToMinor();
        return new Terms
        {
            ListingTitle = wanted.ListingTitle,
            Algorithm = wanted.Algorithm.Name,
            Hashrate = wanted.Hashrate,
            DurationSeconds = wanted.DurationSeconds,
            PromisedWork = promised,
            Price = price,
            RenterFee = renterFee,
            Vat = (price + renterFee).AtBasisPoints(period.VatBasisPoints).RoundToMinor(),
            RenterFeeBasisPoints = period.RenterFeeBasisPoints,
            SellerFeeBasisPoints = period.SellerFeeBasisPoints,
            VatBasisPoints = period.VatBasisPoints,
        };
    }
}
