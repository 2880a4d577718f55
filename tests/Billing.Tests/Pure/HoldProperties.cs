using FsCheck;
using FsCheck.Fluent;
using Marketplace.Billing.Ledger;
using Marketplace.Billing.Settlement;
using Shouldly;
using Xunit;

namespace Marketplace.Billing.Tests.Pure;

public sealed class HoldProperties
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ContractParties Parties = new(
        ContractId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)),
        OrganisationId.From(Guid.CreateVersion7(At)));

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    internal static readonly Gen<ContractTerms> AnyTerms =
        from price in Gen.Choose(1, 2_000_000_000)
        from feeBasisPoints in Gen.Choose(0, 2_000)
        from vatBasisPoints in Gen.Choose(0, 3_000)
        from sellerFeeBasisPoints in Gen.Choose(0, 10_000)
        from promisedHigh in Gen.Choose(0, int.MaxValue)
        from promisedLow in Gen.Choose(1, int.MaxValue)
        let priceMoney = Money.FromMinor(price, Currency.Usd)
        let fee = priceMoney.AtBasisPoints(feeBasisPoints).RoundToMinor()
        select ContractTerms.Of(
            new Work(((UInt128)promisedHigh << 48) + (UInt128)promisedLow),
            priceMoney,
            fee,
            (priceMoney + fee).AtBasisPoints(vatBasisPoints).RoundToMinor(),
            sellerFeeBasisPoints,
            vatBasisPoints);

    /// <summary>Parts of the promise in millionths; together they may pass it.</summary>
    private static readonly Gen<int[]> AnyParts = Gen.Choose(0, 250_000).ArrayOf();

    private static readonly Arbitrary<(ContractTerms Terms, int[] Parts)> AnyLife =
        (from terms in AnyTerms from parts in AnyParts select (terms, parts)).ToArbitrary();

    [Fact]
    public void Any_life_empties_the_hold_exactly() => Check.One(Many, Prop.ForAll(AnyLife, life =>
    {
        var balances = new Dictionary<Account, Int128>();
        foreach (var entry in EntriesOf(life.Terms, life.Parts))
        {
            foreach (var posting in entry.Postings)
            {
                balances[posting.Account] = balances.GetValueOrDefault(posting.Account) + posting.Amount.Units;
            }

            balances.Where(balance => balance.Key.IsGuarded).ShouldAllBe(balance => balance.Value <= 0);
        }

        balances.Values.Aggregate((Int128)0, (sum, units) => sum + units).ShouldBe((Int128)0);
        balances[Account.Held(Parties.Contract)].ShouldBe((Int128)0);
        balances[Account.RenterBalance(Parties.Renter)].ShouldBe((Int128)0);
    }));

    [Fact]
    public void Many_accruals_earn_what_one_would() => Check.One(Many, Prop.ForAll(AnyLife, life =>
    {
        var settled = Earnings.Zero(Currency.Usd);
        var proved = Work.Zero;
        foreach (var part in life.Parts)
        {
            proved += PartOf(life.Terms, part);
            settled += Accrual.Due(life.Terms, new MeteredWork(proved, Work.Zero), settled);
        }

        settled.ShouldBe(Accrual.Earned(life.Terms, proved));
    }));

    [Fact]
    public void Documents_and_books_differ_by_less_than_a_cent_a_line_and_never_return_more_than_was_paid() =>
        Check.One(Many, Prop.ForAll(AnyLife, life =>
        {
            var proved = life.Parts.Aggregate(Work.Zero, (sum, part) => sum + PartOf(life.Terms, part));
            var earned = Accrual.Earned(life.Terms, proved);
            var closing = Closing.Of(life.Terms, earned);
            var half = new Money(Money.UnitsPerMinor / 2, Currency.Usd);
            Distance(life.Terms.Price - closing.PriceReturned, earned.Price).ShouldBeLessThanOrEqualTo(half);
            Distance(life.Terms.RenterFee - closing.RenterFeeReturned, earned.RenterFee)
                .ShouldBeLessThanOrEqualTo(half);
            closing.TotalReturned.ShouldBeLessThanOrEqualTo(life.Terms.Total);
            closing.TotalReturned.IsNegative.ShouldBeFalse();
            closing.VatReturned.ShouldBeLessThanOrEqualTo(life.Terms.Vat);
        }));

    private static IEnumerable<Entry> EntriesOf(ContractTerms terms, int[] parts)
    {
        yield return ContractEntries.Payment(Parties, "pi_1", terms.Total, At);
        yield return ContractEntries.Order(Parties, terms, "INV-1", At);
        var settled = Earnings.Zero(terms.Currency);
        var proved = Work.Zero;
        foreach (var part in parts)
        {
            proved += PartOf(terms, part);
            var metered = new MeteredWork(proved, Work.Zero);
            var due = Accrual.Due(terms, metered, settled);
            settled += due;
            if (!due.IsZero)
            {
                yield return ContractEntries.Accrual(Parties, due, $"accrual:{settled.FromHold}", metered, At);
            }
        }

        var closing = Closing.Of(terms, settled);
        if (ContractEntries.Close(Parties, closing, "CN-1", At) is { } close)
        {
            yield return close;
        }

        if (!closing.TotalReturned.IsZero)
        {
            yield return ContractEntries.Refund(Parties, "re_1", closing.TotalReturned, At);
        }
    }

    private static Work PartOf(ContractTerms terms, int millionths) =>
        new(terms.PromisedWork.Hashes * (UInt128)millionths / 1_000_000);

    private static Money Distance(Money left, Money right) => Money.Max(left - right, right - left);
}
