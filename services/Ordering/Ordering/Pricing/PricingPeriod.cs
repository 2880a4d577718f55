using System.ComponentModel.DataAnnotations;

namespace Marketplace.Ordering.Pricing;

/// <summary>The fees and the tax of orders quoted from an instant on, in hundredths of a percent.</summary>
internal sealed record PricingPeriod
{
    private const int WholeInBasisPoints = 10_000;

    /// <summary>The first instant at which it holds; it holds until the next period's.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>On top of the price. Default 400.</summary>
    [Range(0, WholeInBasisPoints)]
    public int RenterFeeBasisPoints { get; init; } = 400;

    /// <summary>Out of what the seller earns. Default 200.</summary>
    [Range(0, WholeInBasisPoints)]
    public int SellerFeeBasisPoints { get; init; } = 200;

    /// <summary>On price and renter fee. Default 2,000.</summary>
    [Range(0, WholeInBasisPoints)]
    public int VatBasisPoints { get; init; } = 2_000;
}
