namespace Marketplace.Messages.Billing;

/// <summary>The hold of a contract is empty: what was proved is the seller's, the rest went back.</summary>
/// <param name="EarnedUnits">Of the price, at 1e-8.</param>
/// <param name="ReturnedUnits">To the renter, fee and tax included, at 1e-8.</param>
public sealed record ContractSettled(
    Guid ContractId,
    UInt128 ProvedHashes,
    UInt128 PromisedHashes,
    Int128 EarnedUnits,
    Int128 ReturnedUnits,
    string Currency,
    DateTimeOffset SettledAt);
