using Marketplace.Billing.Settlement;

namespace Marketplace.Billing.Tests.Pure;

internal static class Amounts
{
    public static Money Usd(string amount) =>
        Money.TryParse(amount, Currency.Usd, out var money) ? money : throw new FormatException(amount);

    public static Work Hashes(ulong hashes) => new(hashes);

    /// <summary>Work of which nothing was refused by our fault.</summary>
    public static MeteredWork Proved(ulong hashes) => new(Hashes(hashes), Work.Zero);

    /// <summary>100.00 for 10 hours, renter fee 4 %, seller fee 2 %, VAT 20 %.</summary>
    public static ContractTerms Worked(ulong promisedHashes) => ContractTerms.Of(
        Hashes(promisedHashes), Usd("100.00"), Usd("4.00"), Usd("20.80"),
        sellerFeeBasisPoints: 200, vatBasisPoints: 2_000);

    public static ContractTerms Terms(
        string price, string renterFee, string vat, ulong promisedHashes) => ContractTerms.Of(
        Hashes(promisedHashes), Usd(price), Usd(renterFee), Usd(vat), 200, 2_000);
}
