namespace Marketplace.Billing.Settlement;

/// <summary>
/// What was agreed when the order was placed, frozen: every later amount follows from this and the proved work.
/// </summary>
internal sealed record ContractTerms
{
    private const int WholeBasisPoints = 10_000;

    private ContractTerms(
        Work promisedWork, Money price, Money renterFee, Money vat, int sellerFeeBasisPoints, int vatBasisPoints)
    {
        PromisedWork = promisedWork;
        Price = price;
        RenterFee = renterFee;
        Vat = vat;
        SellerFeeBasisPoints = sellerFeeBasisPoints;
        VatBasisPoints = vatBasisPoints;
    }

    public Work PromisedWork { get; }

    /// <summary>For the whole promised work, in whole cents.</summary>
    public Money Price { get; }

    /// <summary>On top of the price, in whole cents.</summary>
    public Money RenterFee { get; }

    /// <summary>On price and renter fee, in whole cents.</summary>
    public Money Vat { get; }

    public int SellerFeeBasisPoints { get; }

    public int VatBasisPoints { get; }

    public Currency Currency => Price.Currency;

    /// <summary>What is set aside until it is earned.</summary>
    public Money Hold => Price + RenterFee;

    public Money Total => Hold + Vat;

    /// <exception cref="BusinessRuleException"><c>order-terms-invalid</c></exception>
    public static ContractTerms Of(
        Work promisedWork, Money price, Money renterFee, Money vat, int sellerFeeBasisPoints, int vatBasisPoints)
    {
        Money[] amounts = [price, renterFee, vat];
        Guard(promisedWork > Work.Zero, "it promises no work");
        Guard(!price.IsNegative && !price.IsZero, "its price is not positive");
        Guard(!renterFee.IsNegative && !vat.IsNegative, "an amount is negative");
        Guard(amounts.All(amount => amount.Currency == price.Currency), "its amounts are in different currencies");
        Guard(amounts.All(amount => amount.Units % Money.UnitsPerMinor == 0), "an amount has a fraction of a cent");
        Guard(sellerFeeBasisPoints is >= 0 and <= WholeBasisPoints, "the seller's fee is not a share of the price");
        Guard(vatBasisPoints is >= 0 and <= WholeBasisPoints, "the tax rate is not a share of the price");
        return new ContractTerms(promisedWork, price, renterFee, vat, sellerFeeBasisPoints, vatBasisPoints);
    }

    private static void Guard(bool holds, string complaint)
    {
        if (!holds)
        {
            throw BusinessRuleException.Invalid("order-terms-invalid", $"The order cannot be billed: {complaint}.");
        }
    }
}
