using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Primitives.Tests;

public sealed class HashrateTests
{
    [Fact]
    public void A_hashrate_over_a_time_is_its_work_rounded_down() =>
        Prop.ForAll(Samples.Hashrates, Gen.Choose(1, int.MaxValue).ToArbitrary(), (hashrate, milliseconds) =>
            (BigInteger)hashrate.Over(TimeSpan.FromMilliseconds(milliseconds)).Hashes
                == (BigInteger)hashrate.HashesPerSecond * milliseconds / 1000).QuickCheckThrowOnFailure();

    [Fact]
    public void Work_over_a_time_is_a_hashrate_that_gives_no_more_work() =>
        Prop.ForAll(Samples.Works, Gen.Choose(1000, int.MaxValue).ToArbitrary(), (work, milliseconds) =>
            (BigInteger)Hashrate.Of(work, TimeSpan.FromMilliseconds(milliseconds)).HashesPerSecond
                == (BigInteger)work.Hashes * 1000 / milliseconds).QuickCheckThrowOnFailure();

    [Fact]
    public void The_highest_hashrate_over_a_century_still_fits()
    {
        var century = TimeSpan.FromDays(36_525);

        ((BigInteger)Hashrate.Max.Over(century).Hashes).ShouldBe(
            (BigInteger)Hashrate.Max.HashesPerSecond * 36_525 * 86_400);
    }

    [Fact]
    public void An_empty_window_has_no_hashrate()
    {
        Hashrate.Of(new Work(5), TimeSpan.Zero).ShouldBe(Hashrate.Zero);
        Hashrate.FromTerahashes(1).Over(TimeSpan.FromSeconds(-1)).ShouldBe(Work.Zero);
    }

    [Theory]
    [InlineData("104250000000000", "104.25 TH/s")]
    [InlineData("999", "999 H/s")]
    [InlineData("1000", "1.00 kH/s")]
    [InlineData("1999999999999999999", "1.99 EH/s")]
    [InlineData("1000000000000000000000000", "1000000.00 EH/s")]
    public void A_hashrate_is_shown_in_the_largest_unit_that_fits(string hashes, string expected) =>
        new Hashrate(UInt128.Parse(hashes)).ToString().ShouldBe(expected);

    [Fact]
    public void A_hashrate_is_read_from_JSON_as_it_was_written() =>
        Prop.ForAll(Samples.Hashrates, rate =>
            JsonSerializer.Deserialize<Hashrate>(JsonSerializer.Serialize(rate)) == rate).QuickCheckThrowOnFailure();
}
