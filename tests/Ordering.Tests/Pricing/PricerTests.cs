using FsCheck;
using FsCheck.Fluent;
using Marketplace.Ordering.Pricing;

namespace Marketplace.Ordering.Tests.Pricing;

public sealed class PricerTests
{
    private static readonly PricingPeriod Opening = new()
    {
        RenterFeeBasisPoints = 400,
        SellerFeeBasisPoints = 200,
        VatBasisPoints = 2_000,
    };

    [Fact]
    public void A_hundred_dollars_of_hashrate_cost_one_hundred_and_twenty_four_eighty()
    {
        var terms = Pricer.TermsOf(Wanted(Hashrate.FromTerahashes(1_000), 36_000, 240_000_000), Opening);

        terms.Price.ShouldBe(Money.FromMinor(100_00, Currency.Usd));
        terms.RenterFee.ShouldBe(Money.FromMinor(4_00, Currency.Usd));
        terms.Vat.ShouldBe(Money.FromMinor(20_80, Currency.Usd));
        terms.Total.ShouldBe(Money.FromMinor(124_80, Currency.Usd));
        terms.PromisedWork.ShouldBe(Hashrate.FromTerahashes(1_000).Over(TimeSpan.FromHours(10)));
        terms.SellerFeeBasisPoints.ShouldBe(200);
    }

    [Fact]
    public void Less_than_half_a_cent_is_refused()
    {
        var refusal = Should.Throw<BusinessRuleException>(
            () => Pricer.TermsOf(Wanted(Hashrate.FromTerahashes(1), 60, 1_000_000), Opening));
        refusal.Code.ShouldBe("price-too-small");
    }

    [Fact]
    public void Every_amount_is_whole_cents_and_nothing_is_lost_between_them() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 1_000_000)),
        Arb.From(Gen.Choose(60, 2_592_000)),
        Arb.From(Gen.Choose(1_000_000, 500_000_000)),
        (terahashes, seconds, micros) =>
        {
            var wanted = Wanted(Hashrate.FromTerahashes((ulong)terahashes), seconds, micros);
            var promised = wanted.Hashrate.Over(TimeSpan.FromSeconds(seconds));
            if (wanted.UnitPrice.Of(promised, wanted.Algorithm).RoundToMinor().IsZero)
            {
                return true;
            }

            var terms = Pricer.TermsOf(wanted, Opening);
            return terms.Total.ToMinor() == terms.Price.ToMinor() + terms.RenterFee.ToMinor() + terms.Vat.ToMinor()
                && IsNearest(terms.RenterFee, terms.Price, Opening.RenterFeeBasisPoints)
                && IsNearest(terms.Vat, terms.Price + terms.RenterFee, Opening.VatBasisPoints);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_period_in_force_at_the_quote_decides()
    {
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var later = first.AddMonths(3);
        var pricing = new PricingOptions
        {
            Periods = [Opening with { FromAt = later, RenterFeeBasisPoints = 300 }, Opening with { FromAt = first }],
        };

        pricing.At(later.AddTicks(-1)).RenterFeeBasisPoints.ShouldBe(400);
        pricing.At(later).RenterFeeBasisPoints.ShouldBe(300);
        Should.Throw<BusinessRuleException>(() => pricing.At(first.AddTicks(-1))).Code.ShouldBe("pricing-not-in-force");
    }

    [Fact]
    public void Without_configuration_the_opening_fees_hold()
    {
        var period = new PricingOptions().At(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (period.RenterFeeBasisPoints, period.SellerFeeBasisPoints, period.VatBasisPoints).ShouldBe((400, 200, 2_000));
    }

    [Fact]
    public void A_fee_above_the_whole_and_two_periods_from_one_instant_stop_the_start()
    {
        var pricing = new PricingOptions { Periods = [Opening, Opening with { VatBasisPoints = 10_001 }] };
        pricing.Validate(new(pricing)).Count().ShouldBe(2);
    }

    private static bool IsNearest(Money rounded, Money of, int basisPoints)
    {
        var exactTimesTenThousand = of.Units * basisPoints;
        var distance = Int128.Abs(rounded.Units * 10_000 - exactTimesTenThousand);
        return distance * 2 <= (Int128)Money.UnitsPerMinor * 10_000;
    }

    private static WantedHashrate Wanted(Hashrate hashrate, int seconds, long micros) =>
        new("Fjord", Algorithm.Sha256d, hashrate, seconds, new UnitPrice(micros, Currency.Usd));
}
