using FsCheck;
using FsCheck.Fluent;
using Marketplace.HashrateProxy.Nodes;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class ContractSplitTests
{
    private static readonly DateTimeOffset MinuteAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Hashrate Rate = Hashrate.FromTerahashes(7);
    private static readonly string[] Names = ["node-1", "node-2", "node-3"];

    private static readonly Arbitrary<int[]> AnyRates = Gen.Choose(0, 1_000).ArrayOf(3).ToArbitrary();
    private static readonly Arbitrary<int> AnyMilliseconds = Gen.Choose(0, 600_000).ToArbitrary();

    private static ContractSplit Split(int minute, params uint[] terahashes) => ContractSplit.Of(
        MinuteAt.AddMinutes(minute),
        terahashes.Select((rate, index) => (Names[index], Hashrate.FromTerahashes(rate)))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2),
        otherwise: "node-9");

    [Fact]
    public void The_parts_of_all_nodes_sum_to_the_whole_whatever_is_connected() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1_000),
            Prop.ForAll(AnyRates, AnyMilliseconds, (rates, milliseconds) =>
            {
                var split = Split(0, [.. rates.Select(rate => (uint)rate)]);
                var whole = Rate.Over(TimeSpan.FromMilliseconds(milliseconds));
                split.Parts.Aggregate(UInt128.Zero, (sum, part) => sum + part.Of(whole).Hashes).ShouldBe(whole.Hashes);
                split.Parts.ShouldAllBe(part => part.PerMillion > 0);
            }));

    [Fact]
    public void A_node_has_its_share_of_the_connected_hashrate()
    {
        var split = Split(0, 100, 0, 300);
        split.PartOf("node-1").PerMillion.ShouldBe(250_000);
        split.PartOf("node-2").PerMillion.ShouldBe(0);
        split.PartOf("node-3").PerMillion.ShouldBe(750_000);
        split.PartOf("node-4").PerMillion.ShouldBe(0);
    }

    [Fact]
    public void While_nothing_is_connected_the_one_that_decides_answers_for_it_all() =>
        Split(0, 0, 0).PartOf("node-9").ShouldBe(NodePart.All("node-9"));

    [Fact]
    public void A_split_is_kept_until_a_part_is_far_from_it()
    {
        Split(0, 100, 100).IsNear(Split(0, 104, 96)).ShouldBeTrue();
        Split(0, 100, 100).IsNear(Split(0, 112, 88)).ShouldBeFalse();
        Split(0, 100, 100).IsNear(Split(0, 100)).ShouldBeFalse();
        Split(0, 100).IsNear(Split(0, 98, 2)).ShouldBeTrue();
    }

    [Fact]
    public void What_a_node_owes_follows_the_splits_minute_by_minute()
    {
        var history = new SplitHistory("node-2");
        history.HadPart.ShouldBeTrue();
        history.Promised(Rate, MinuteAt, MinuteAt.AddMinutes(1)).ShouldBe(Rate.Over(TimeSpan.FromMinutes(1)));

        history.Replace([Split(0, 100)]);
        history.HadPart.ShouldBeFalse();
        history.Replace([Split(0, 100), Split(2, 100, 300), Split(5, 100, 100)]);

        history.HadPart.ShouldBeTrue();
        history.PartAt(MinuteAt.AddMinutes(1.99)).PerMillion.ShouldBe(0);
        history.PartAt(MinuteAt.AddMinutes(2)).PerMillion.ShouldBe(750_000);
        var threeQuarters = Rate.Over(TimeSpan.FromMinutes(3)).Hashes * 3 / 4;
        history.Promised(Rate, MinuteAt.AddMinutes(1), MinuteAt.AddMinutes(7)).Hashes
            .ShouldBe(threeQuarters + Rate.Over(TimeSpan.FromMinutes(2)).Hashes / 2);
    }

    [Fact]
    public void Nodes_that_know_the_same_splits_owe_the_whole_together()
    {
        var histories = Names.Select(name => new SplitHistory(name)).ToList();
        histories.ForEach(history => history.Replace([Split(0, 100, 33), Split(1, 1, 1, 1), Split(4, 0, 17, 5)]));

        for (var minute = 0; minute < 6; minute++)
        {
            var (from, to) = (MinuteAt.AddMinutes(minute), MinuteAt.AddMinutes(minute + 0.37));
            histories.Aggregate(UInt128.Zero, (sum, history) => sum + history.Promised(Rate, from, to).Hashes)
                .ShouldBe(Rate.Over(to - from).Hashes);
        }
    }

    [Fact]
    public void A_node_that_cannot_be_heard_owes_nothing_until_it_hears_of_the_others_again()
    {
        var history = new SplitHistory("node-1");
        history.Replace([Split(0, 100, 100)]);
        history.StandAside(MinuteAt.AddMinutes(3));
        history.PartAt(MinuteAt.AddMinutes(2.9)).PerMillion.ShouldBe(500_000);
        history.PartAt(MinuteAt.AddMinutes(3)).PerMillion.ShouldBe(0);
        history.StandAside(MinuteAt.AddMinutes(3));
        history.StandAside(MinuteAt.AddMinutes(4));

        history.Replace([Split(0, 100, 100)]);
        history.PartAt(MinuteAt.AddMinutes(5)).PerMillion.ShouldBe(500_000);
        history.Replace([]);
        history.PartAt(MinuteAt.AddMinutes(5)).PerMillion.ShouldBe(500_000);
    }

    [Fact]
    public void A_node_that_was_alone_goes_on_without_the_others()
    {
        var history = new SplitHistory("node-1");
        history.StandAside(MinuteAt);
        history.PartAt(MinuteAt).PerMillion.ShouldBe(NodePart.Whole);
        history.Replace([Split(0, 100)]);
        history.StandAside(MinuteAt.AddMinutes(1));
        history.PartAt(MinuteAt.AddMinutes(1)).PerMillion.ShouldBe(NodePart.Whole);
    }
}
