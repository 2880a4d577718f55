using Marketplace.Ordering.Contracts;
using Marketplace.Ordering.Pricing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Marketplace.Ordering.Database;

/// <summary>Terms read alike in every table, so their columns are named here and not by the path to them.</summary>
internal static class TermsColumns
{
    public static void Configure(ComplexPropertyBuilder<Terms> terms)
    {
        terms.Property(sold => sold.ListingTitle).HasColumnName("listing_title");
        terms.Property(sold => sold.Algorithm).HasColumnName("algorithm");
        terms.Property(sold => sold.Hashrate).HasColumnName("hashrate");
        terms.Property(sold => sold.DurationSeconds).HasColumnName("duration_seconds");
        terms.Property(sold => sold.PromisedWork).HasColumnName("promised_work");
        terms.Property(sold => sold.RenterFeeBasisPoints).HasColumnName("renter_fee_basis_points");
        terms.Property(sold => sold.SellerFeeBasisPoints).HasColumnName("seller_fee_basis_points");
        terms.Property(sold => sold.VatBasisPoints).HasColumnName("vat_basis_points");
        terms.ComplexProperty(sold => sold.Price, money => Configure(money, "price"));
        terms.ComplexProperty(sold => sold.RenterFee, money => Configure(money, "renter_fee"));
        terms.ComplexProperty(sold => sold.Vat, money => Configure(money, "vat"));
        terms.Ignore(sold => sold.Total);
    }

    public static void Configure(ComplexPropertyBuilder<Outcome> outcome)
    {
        outcome.Property(settled => settled.ProvedWork).HasColumnName("proved_work");
        outcome.Property(settled => settled.SettledAt).HasColumnName("settled_at");
        outcome.ComplexProperty(settled => settled.Earned, money => Configure(money, "earned"));
        outcome.ComplexProperty(settled => settled.Returned, money => Configure(money, "returned"));
    }

    private static void Configure(ComplexPropertyBuilder<Money> money, string name)
    {
        money.Property(amount => amount.Units).HasColumnName($"{name}_units");
        money.Property(amount => amount.Currency).HasColumnName($"{name}_currency");
    }
}
