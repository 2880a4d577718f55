namespace Marketplace.Messages.Ordering;

/// <summary>A renter's request to buy, with every price frozen. Amounts are integers of 1e-8 of the currency.</summary>
/// <param name="PriceUnits">For the whole promised work, without fee and tax; whole cents.</param>
/// <param name="RenterFeeUnits">On top of the price; whole cents.</param>
/// <param name="VatUnits">On price and renter fee; whole cents.</param>
/// <param name="PayBeforeAt">A payment after this instant goes back and never revives the order.</param>
public sealed record OrderPlaced(
    Guid OrderId,
    Guid ContractId,
    Guid RenterId,
    Guid SellerId,
    Guid ListingId,
    string ListingTitle,
    string Algorithm,
    UInt128 HashesPerSecond,
    int DurationSeconds,
    UInt128 PromisedHashes,
    Int128 PriceUnits,
    Int128 RenterFeeUnits,
    Int128 VatUnits,
    string Currency,
    int RenterFeeBasisPoints,
    int SellerFeeBasisPoints,
    int VatBasisPoints,
    DateTimeOffset PlacedAt,
    DateTimeOffset PayBeforeAt);
