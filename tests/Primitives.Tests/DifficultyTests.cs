using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Primitives.Tests;

public sealed class DifficultyTests
{
    [Fact]
    public void A_difficulty_is_written_as_it_was_read() =>
        Prop.ForAll(Samples.Difficulties, difficulty => Difficulty.Parse(difficulty.ToString()) == difficulty
            && JsonSerializer.Deserialize<Difficulty>(JsonSerializer.Serialize(difficulty)) == difficulty)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_difficulties_is_the_reverse_of_their_targets() =>
        Prop.ForAll(Samples.Difficulties, Samples.Difficulties, (left, right) =>
            left.CompareTo(right) == -right.CompareTo(left)
            && (left > right || left.ToTarget(Algorithm.Sha256d) >= right.ToTarget(Algorithm.Sha256d)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_target_is_the_whole_part_of_difficulty_one_by_the_difficulty() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(0, 18).ToArbitrary(), (mantissa, scale) =>
        {
            var text = mantissa.ToString().PadLeft(scale + 1, '0');
            var difficulty = Difficulty.Parse(scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
            var target = difficulty.ToTarget(Algorithm.Sha256d).ToInteger();
            var scaled = Algorithm.Sha256d.DifficultyOne * BigInteger.Pow(10, scale);
            return target == Target.Max.ToInteger()
                || (target * mantissa <= scaled && scaled < (target + 1) * mantissa);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_difficulty_of_a_target_is_the_one_it_was_made_from() =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), value =>
            Difficulty.OfTarget(Difficulty.Of((ulong)value).ToTarget(Algorithm.Sha256d), Algorithm.Sha256d)
                == Difficulty.Of((ulong)value)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_the_parser_throw_or_count_for_ever() =>
        Prop.ForAll(
            Gen.Elements("0123456789.eE+-".ToCharArray()).ArrayOf().Select(digits => new string(digits)).ToArbitrary(),
            text => !Difficulty.TryParse(text, out var difficulty) || difficulty.IsPositive).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0e2000000000")]
    [InlineData("1e2147483647")]
    [InlineData("1e-2147483648")]
    [InlineData("0.0e-128")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-1")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("18446744073709551616")]
    [InlineData("1e30")]
    [InlineData("340282366920938463463374607431768211456")]
    public void A_text_that_is_no_difficulty_is_refused(string text) =>
        Difficulty.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("16384", "16384")]
    [InlineData("1.0", "1")]
    [InlineData("1e6", "1000000")]
    [InlineData("0.000232831", "0.000232831")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("3.402823669209384634633746", "3.402823669209384634633746")]
    public void A_number_is_kept_to_its_last_digit(string text, string expected) =>
        Difficulty.Parse(text).ToString().ShouldBe(expected);

    [Fact]
    public void Difficulty_one_is_what_Bitcoin_pools_mean_by_it() =>
        Difficulty.Of(1).ToTarget(Algorithm.Sha256d).ToString().ShouldBe($"00000000ffff{new string('0', 52)}");

    [Fact]
    public void The_hardest_hash_has_a_difficulty_that_can_be_shown() =>
        Prop.ForAll(Samples.Targets, target =>
            Difficulty.TryParse(Difficulty.OfTarget(target, Algorithm.Sha256dDemo).ToString(), out _))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_difficulty_for_an_amount_of_work_never_takes_more() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), thousands =>
        {
            var wanted = new Work((UInt128)thousands * 10_000_000);
            var difficulty = Difficulty.ForWorkPerShare(wanted, Algorithm.Sha256d);
            return difficulty == Difficulty.Of(1)
                || Work.Of(difficulty.ToTarget(Algorithm.Sha256d), Algorithm.Sha256d) <= wanted;
        }).QuickCheckThrowOnFailure();
}
