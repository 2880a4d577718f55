using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;

namespace Marketplace.Primitives.Tests;

public sealed class TargetTests
{
    [Fact]
    public void A_target_is_the_integer_it_is_made_from() =>
        Prop.ForAll(Samples.Targets, target => Target.FromInteger(target.ToInteger()) == target)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Targets_compare_as_their_integers_do() =>
        Prop.ForAll(Samples.Targets, Samples.Targets, (left, right) =>
            left.CompareTo(right) == left.ToInteger().CompareTo(right.ToInteger())
            && (left < right) == (left.ToInteger() < right.ToInteger())
            && (left >= right) == (left.ToInteger() >= right.ToInteger())).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hash_meets_a_target_that_is_not_below_it() =>
        Prop.ForAll(Samples.Targets, Samples.Targets, (hash, target) =>
        {
            var bytes = new byte[Target.SizeBytes];
            hash.WriteLittleEndian(bytes);
            return target.IsMetBy(bytes) == (hash.ToInteger() <= target.ToInteger()) && hash.IsMetBy(bytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_does_not_fit_is_the_easiest_and_what_is_negative_is_refused()
    {
        Target.FromInteger(BigInteger.One << 256).ShouldBe(Target.Max);
        Should.Throw<ArgumentOutOfRangeException>(() => Target.FromInteger(-1));
    }

    [Theory]
    [InlineData(0x1d00ffffu, "00000000ffff0000000000000000000000000000000000000000000000000000")]
    [InlineData(0x207fffffu, "7fffff0000000000000000000000000000000000000000000000000000000000")]
    [InlineData(0x1801f156u, "000000000000000001f156000000000000000000000000000000000000000000")]
    [InlineData(0x01123456u, "0000000000000000000000000000000000000000000000000000000000000012")]
    [InlineData(0x04923456u, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(0xff123456u, "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(0x00000000u, "0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_compact_target_is_what_a_node_makes_of_it(uint bits, string expected) =>
        Target.FromCompact(bits).ToString().ShouldBe(expected);
}
