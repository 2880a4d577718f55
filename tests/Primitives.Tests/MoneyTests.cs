using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Primitives.Tests;

public sealed class MoneyTests
{
    [Fact]
    public void Money_is_read_as_it_was_written() =>
        Prop.ForAll(Samples.Amounts, money =>
            Money.TryParse(money.ToAmountString(), money.Currency, out var read) && read == money
            && JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money)) == money).QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_are_exact_and_come_apart_again() =>
        Prop.ForAll(Samples.Amounts, Samples.Amounts, (left, right) =>
            left + right - right == left && left - right == -(right - left) && left + right == right + left)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_rounded_amount_is_whole_cents_at_most_half_a_cent_away() =>
        Prop.ForAll(Samples.Amounts, money =>
        {
            var rounded = money.RoundToMinor();
            return rounded.Units % Money.UnitsPerMinor == 0
                && Int128.Abs(rounded.Units - money.Units) <= Money.UnitsPerMinor / 2
                && (-money).RoundToMinor() == -rounded;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_of_an_amount_never_come_to_more_than_the_whole() =>
        Prop.ForAll(Samples.Amounts, Samples.Works, Samples.Works, (money, part, rest) =>
        {
            var whole = money.IsNegative ? -money : money;
            var total = part.Hashes + rest.Hashes;
            if (total == 0)
            {
                return true;
            }

            var parts = whole.Proportion(part.Hashes, total) + whole.Proportion(rest.Hashes, total);
            return parts <= whole && whole.Units - parts.Units <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_basis_point_is_a_ten_thousandth_rounded_down() =>
        Prop.ForAll(Samples.Amounts, Gen.Choose(0, 10_000).ToArbitrary(), (money, points) =>
        {
            var whole = money.IsNegative ? -money : money;
            return (BigInteger)whole.AtBasisPoints(points).Units == (BigInteger)whole.Units * points / 10_000;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cents_go_in_and_out_unchanged()
    {
        Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), cents =>
            Money.FromMinor(cents, Currency.Eur).ToMinor() == cents).QuickCheckThrowOnFailure();
        Should.Throw<InvalidOperationException>(() => new Money(1, Currency.Usd).ToMinor());
    }

    [Fact]
    public void A_share_of_a_negative_amount_and_a_range_that_is_left_are_errors()
    {
        var most = new Money(Int128.MaxValue, Currency.Usd);

        Should.Throw<OverflowException>(() => most + new Money(1, Currency.Usd));
        Should.Throw<OverflowException>(() => -new Money(Int128.MinValue, Currency.Usd));
        Should.Throw<OverflowException>(
            () => new Money((Int128)long.MaxValue * Money.UnitsPerMinor * 2, Currency.Usd).ToMinor());
        Should.Throw<OverflowException>(() => most.Proportion(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(-1, Currency.Usd).Proportion(1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(1, Currency.Usd).AtBasisPoints(-1));
    }

    [Fact]
    public void Two_currencies_are_never_combined()
    {
        var dollars = Money.FromMinor(1, Currency.Usd);
        var euros = Money.FromMinor(1, Currency.Eur);

        Should.Throw<InvalidOperationException>(() => dollars + euros);
        Should.Throw<InvalidOperationException>(() => dollars < euros);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.123456789")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("1,000.00")]
    [InlineData(" 1")]
    [InlineData("99999999999999999999999999999999999999")]
    public void A_text_that_is_no_amount_is_refused(string text) =>
        Money.TryParse(text, Currency.Usd, out _).ShouldBeFalse();
}
