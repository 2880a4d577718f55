using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Primitives.Tests;

public sealed class WorkTests
{
    [Fact]
    public void The_work_of_a_share_is_the_expected_number_of_hashes() =>
        Prop.ForAll(Samples.Difficulties, difficulty =>
        {
            var target = difficulty.ToTarget(Algorithm.Sha256d);
            var work = (BigInteger)Work.Of(target, Algorithm.Sha256d).Hashes;
            var divisor = target.ToInteger() + 1;
            return work * divisor <= BigInteger.One << 256 && (work + 1) * divisor > BigInteger.One << 256;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Harder_shares_are_never_worth_less() =>
        Prop.ForAll(Samples.Difficulties, Samples.Difficulties, (left, right) =>
            left > right || Work.Of(left.ToTarget(Algorithm.Sha256d), Algorithm.Sha256d)
                <= Work.Of(right.ToTarget(Algorithm.Sha256d), Algorithm.Sha256d)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_difficulty_of_one_is_worth_a_little_more_than_two_to_the_32() =>
        Work.Of(Difficulty.Of(1).ToTarget(Algorithm.Sha256d), Algorithm.Sha256d).ShouldBe(new Work(4_295_032_833));

    [Fact]
    public void A_difficulty_of_one_of_scrypt_is_65536_times_easier() =>
        Work.Of(Difficulty.Of(1).ToTarget(Algorithm.Scrypt), Algorithm.Scrypt).ShouldBe(new Work(65_537));

    [Theory]
    [InlineData("sha256d", "sha256d-demo", 1_000_000_000)]
    [InlineData("scrypt", "scrypt-demo", 10_000)]
    public void A_simulated_share_is_worth_what_a_real_one_of_its_difficulty_is(
        string real, string simulated, int part) =>
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), value =>
        {
            var worth = WorthOf(real, value);
            return Int128.Abs(worth - WorthOf(simulated, value)) <= worth / part + 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Work_adds_up_and_what_is_missing_fills_it() =>
        Prop.ForAll(Samples.Works, Samples.Works, (left, right) =>
            left + right - right == left
            && left + left.ShortOf(right) == (left > right ? left : right)
            && Work.Min(left, right) <= left).QuickCheckThrowOnFailure();

    [Fact]
    public void More_than_the_range_is_an_error_and_not_a_small_number()
    {
        var most = new Work(UInt128.MaxValue);

        Should.Throw<OverflowException>(() => most + new Work(1));
        Should.Throw<OverflowException>(() => Work.Zero - new Work(1));
    }

    [Fact]
    public void Work_is_read_from_JSON_as_it_was_written() =>
        Prop.ForAll(Samples.Works, work => JsonSerializer.Deserialize<Work>(JsonSerializer.Serialize(work)) == work)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_hardest_difficulty_still_has_its_work() =>
        Work.Of(Difficulty.Of(ulong.MaxValue).ToTarget(Algorithm.Sha256dDemo), Algorithm.Sha256dDemo).Hashes
            .ShouldBeGreaterThan(UInt128.One << 95);

    private static Int128 WorthOf(string algorithm, int difficulty)
    {
        var named = Algorithm.Named(algorithm);
        return (Int128)Work.Of(Difficulty.Of((ulong)difficulty).ToTarget(named), named).Hashes;
    }
}
