namespace Marketplace.Client.Billing;

/// <summary>The money of one contract, straight from the ledger.</summary>
/// <param name="Held">What is still held; exactly zero once settled.</param>
/// <param name="Earned">Of the price, by proved work that is the renter's to pay for.</param>
/// <param name="SellerNet">Earned less the seller's fee.</param>
/// <param name="Returned">To the renter at the end, fee and tax included.</param>
/// <param name="ProvedWork">What the seller is paid for, by whom ever.</param>
/// <param name="RefusedByOurFault">
/// Of the proved work: what the renter's pool refused for what the marketplace sent there.
/// </param>
/// <param name="PaidByMarketplace">To the seller for that work at the end, beside what comes from the renter.</param>
/// <param name="IsPoolAttested">The work was credited on the pools' word and not verified.</param>
/// <param name="Status"><c>held</c>, <c>accruing</c> or <c>settled</c>.</param>
public sealed record ContractSettlement(
    ContractId ContractId,
    string Status,
    Money Price,
    Money RenterFee,
    Money Vat,
    Money Held,
    Money Earned,
    Money SellerNet,
    Money SellerFee,
    Money RenterFeeEarned,
    Money Returned,
    Work PromisedWork,
    Work ProvedWork,
    bool IsPoolAttested,
    int ReadingCount,
    DateTimeOffset? AccruedThroughAt,
    Work RefusedByOurFault,
    Money PaidByMarketplace);
