using System.ComponentModel.DataAnnotations;

namespace Marketplace.Ordering.Pricing;

/// <summary>The fees and the tax of orders quoted from an instant on, in hundredths of a percent.</summary>
internal sealed record PricingPeriod
{
    private const int WholeInBasisPoints = 10_000;

    /// <summary>The first instant at which it holds; it holds until the next period's.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>On top of the price.</summary>
    [Range(0, WholeInBasisPoints)]
    public int RenterFeeBasisPoints { get; init; }

    /// <summary>Out of what the seller earns.</summary>
    [Range(0, WholeInBasisPoints)]
    public int SellerFeeBasisPoints { get; init; }

    /// <summary>On price and renter fee.</summary>
    [Range(0, WholeInBasisPoints)]
    public int VatBasisPoints { get; init; }
}
