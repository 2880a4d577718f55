using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;
using Marketplace.Stratum.Proof;

namespace Marketplace.HashrateProxy.Tests.Heads;

public sealed class HeadTests
{
    /// <summary>
    /// What a share in this bench always is: not hashed at all, so that it cannot meet its job's target.
    /// </summary>
    private static readonly FindingKind[] NotReallyMined = [FindingKind.ForgedShare];

    /// <summary>One chain: no index and no minute left out, each pointing to the one before.</summary>
    private static void ShouldBeOneChain(IReadOnlyList<MinuteHead> heads)
    {
        heads.ShouldNotBeEmpty();
        for (var index = 0; index < heads.Count; index++)
        {
            heads[index].Index.ShouldBe(index);
            heads[index].MinuteAt.ShouldBe(heads[0].MinuteAt + index * Minutes.Length);
            heads[index].PreviousHead.ShouldBe(index == 0 ? MinuteHead.NoHead : heads[index - 1].Hash());
        }
    }

    private static long Shares(IEnumerable<MinuteHead> heads) =>
        heads.Sum(head => head.Verdicts[ShareVerdict.Accepted].Shares);

    /// <summary>Complete, in order, in time, under their roots: whatever a restart or a full disk did.</summary>
    private static async Task ShouldProveAsync(HeadBench node, ContractId contract)
    {
        var report = await node.VerifyAsync(contract);
        report.Findings.Listed.Where(finding => finding.IsFailure && !NotReallyMined.Contains(finding.Kind))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_minute_is_closed_90_seconds_after_it_began_and_holds_its_shares()
    {
        using var node = await HeadBench.CreateAsync(contracts: 3);
        node.Run(seconds: 209);
        node.HeadsOf(node.Contracts[0]).Count.ShouldBe(2);
        node.Run(seconds: 1);

        foreach (var contract in node.Contracts)
        {
            var heads = node.HeadsOf(contract);
            ShouldBeOneChain(heads);
            heads.Select(head => head.Verdicts[ShareVerdict.Accepted].Shares).ShouldBe([59, 60, 60]);
            heads.Select(head => head.LeafCount).ShouldBe([61, 60, 60]);
            heads.ShouldAllBe(head => head.ClosedAt == head.MinuteAt + TimeSpan.FromSeconds(90));
            await ShouldProveAsync(node, contract);
        }
    }

    [Fact]
    public async Task A_minute_without_a_share_is_closed_as_well()
    {
        using var node = await HeadBench.CreateAsync();
        node.Run(seconds: 30);
        node.Run(seconds: 150, isServed: false);
        node.Run(seconds: 150);
        var heads = node.HeadsOf(node.Contracts[0]);
        ShouldBeOneChain(heads);
        heads.Select(head => head.LeafCount).ShouldBe([32, 0, 0, 59, 60]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_restart_at_any_second_goes_on_with_the_same_chain(int forgottenHeads)
    {
        for (var second = 60; second < 330; second += 23)
        {
            using var node = await HeadBench.CreateAsync(contracts: 2);
            node.Run(second);
            node.Restart(Math.Min(forgottenHeads, node.HeadsOf(node.Contracts[0]).Count));
            node.Run(seconds: 400 - second);
            foreach (var contract in node.Contracts)
            {
                ShouldBeOneChain(node.HeadsOf(contract));
                Shares(node.HeadsOf(contract)).ShouldBe(359, $"restarted in second {second}");
                await ShouldProveAsync(node, contract);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_credits_a_share_of_a_minute_that_is_closed_in_the_minute_of_the_answer(bool isRestarted)
    {
        using var node = await HeadBench.CreateAsync();
        var contract = node.Contracts[0];
        node.Run(seconds: 58, isServed: false);
        var share = node.Send(contract);
        node.Run(seconds: 62, isServed: false);
        node.HeadsOf(contract).Count.ShouldBe(1);
        if (isRestarted)
        {
            node.Restart();
        }

        node.Accept(contract, share);
        node.Run(seconds: 120, isServed: false);

        ShouldBeOneChain(node.HeadsOf(contract));
        node.HeadsOf(contract).Select(head => head.Verdicts[ShareVerdict.Accepted].Shares).ShouldBe([0, 0, 1]);
    }

    [Fact]
    public async Task While_the_disk_is_full_nothing_is_closed_and_afterwards_everything_is()
    {
        using var node = await HeadBench.CreateAsync();
        node.Run(seconds: 100);
        node.Disk.RoomBytes = 10;
        node.Run(seconds: 200);
        node.HeadsOf(node.Contracts[0]).Count.ShouldBe(1);

        node.Disk.RoomBytes = long.MaxValue;
        node.Run(seconds: 300);
        ShouldBeOneChain(node.HeadsOf(node.Contracts[0]));
        node.HeadsOf(node.Contracts[0]).Count.ShouldBe(9);
        await ShouldProveAsync(node, node.Contracts[0]);
    }

    [Fact]
    public async Task The_last_minute_of_a_contract_says_so_and_nothing_follows()
    {
        using var node = await HeadBench.CreateAsync();
        node.Run(seconds: 130);
        node.Close(node.Contracts[0]);
        node.Run(seconds: 900, isServed: false);
        node.Restart();
        node.Run(seconds: 300, isServed: false);

        var heads = node.HeadsOf(node.Contracts[0]);
        ShouldBeOneChain(heads);
        heads.Select(head => head.IsLast).ShouldBe([false, false, true]);
        (await node.VerifyAsync(node.Contracts[0])).Findings.Counts.Keys.ShouldNotContain(FindingKind.StillOpen);
    }
}
