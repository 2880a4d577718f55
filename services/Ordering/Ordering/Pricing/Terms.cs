namespace Marketplace.Ordering.Pricing;

/// <summary>What a quote offers, and what the order and the contract made of it keep word for word.</summary>
internal sealed record Terms
{
    public required string ListingTitle { get; init; }

    /// <summary>The name of the algorithm.</summary>
    public required string Algorithm { get; init; }

    public required Hashrate Hashrate { get; init; }

    public required int DurationSeconds { get; init; }

    public required Work PromisedWork { get; init; }

    /// <summary>For the whole promised work, in whole cents, without fee and tax.</summary>
    public required Money Price { get; init; }

    /// <summary>Whole cents.</summary>
    public required Money RenterFee { get; init; }

    /// <summary>Whole cents.</summary>
    public required Money Vat { get; init; }

    public required int RenterFeeBasisPoints { get; init; }

    public required int SellerFeeBasisPoints { get; init; }

    public required int VatBasisPoints { get; init; }

    public Money Total => Price + RenterFee + Vat;

    public TimeSpan Duration => TimeSpan.FromSeconds(DurationSeconds);
}
