using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>One certificate over the nodes that served a contract, and what a cheat would make of it.</summary>
public sealed class SeveralNodesTests : IDisposable
{
    private readonly HistoryBench _first = new();
    private readonly HistoryBench _second = new(node: 2);

    private CertificateTerms Terms => _first.Terms with { Keys = [.. _first.Terms.Keys, .. _second.Terms.Keys] };

    [Theory]
    [InlineData(null)]
    [InlineData(16UL)]
    public async Task Two_nodes_hold_together_and_are_told_apart(ulong? proofDifficulty)
    {
        var (heads, others) = (_first.Seal(), _second.Seal());
        var terms = Terms with
        {
            ProofDifficulty = proofDifficulty is { } difficulty ? Difficulty.Of(difficulty) : null,
        };
        var report = Verify(
            await HistoryBench.WriteTogetherAsync(terms, (_first, heads), (_second, others)), [.. heads, .. others]);

        report.Findings.Listed.ShouldBeEmpty();
        report.Stated.ShouldBe(_first.Credited + _second.Credited);
        report.Nodes.Select(node => (node.NodeName, node.Heads, node.HeadsMatched, node.IsClosed))
            .ShouldBe([("node-1", HistoryBench.Minutes, 3, true), ("node-2", HistoryBench.Minutes, 3, true)]);
        (report.Nodes[0].Proved + report.Nodes[1].Proved).ShouldBe(report.Proved.Work);
        if (proofDifficulty is null)
        {
            report.Nodes.Select(node => node.Proved).ShouldBe([_first.Credited, _second.Credited]);
        }
    }

    [Fact]
    public async Task A_dropped_nodes_part_is_found_by_those_who_kept_one_of_its_heads()
    {
        var (heads, others) = (_first.Seal(), _second.Seal());
        var file = await HistoryBench.WriteTogetherAsync(Terms, (_first, heads));

        Verify(file, [.. heads, others[0]]).Findings.Counts.Keys.ShouldBe([FindingKind.NodeNotShown]);
        Verify(file, [.. heads, others[0]]).Holds.ShouldBeFalse();
        Verify(file, heads).Findings.Listed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Parts_of_two_contracts_in_one_file_are_found()
    {
        using var other = new HistoryBench(contract: 2, node: 2);
        var (heads, others) = (_first.Seal(), other.Seal());

        var report = Verify(
            await HistoryBench.WriteTogetherAsync(Terms, (_first, heads), (other, others)), [.. heads, .. others]);

        report.Holds.ShouldBeFalse();
        report.Findings.Counts[FindingKind.BrokenChain].ShouldBeGreaterThanOrEqualTo(HistoryBench.Minutes);
    }

    [Fact]
    public async Task One_header_sold_by_two_nodes_is_found()
    {
        // The second node signs the first one's shares as its own.
        using var copy = new HistoryBench();
        var (heads, others) = (_first.Seal(), Renamed(copy.Seal()));

        var report = Verify(
            await HistoryBench.WriteTogetherAsync(Terms, (_first, heads), (copy, others)), [.. heads, .. others]);

        report.Findings.Counts.Keys.ShouldBe([FindingKind.DoubledShare]);
        report.Proved.Work.ShouldBe(_first.Credited);
        report.Nodes[1].Proved.ShouldBe(Work.Zero);
    }

    [Fact]
    public async Task A_nodes_part_that_stands_in_two_places_is_found()
    {
        var (heads, others) = (_first.Seal(), _second.Seal());

        var report = Verify(await HistoryBench.WriteTogetherAsync(
            Terms, (_first, heads), (_second, others), (_first, heads)), [.. heads, .. others]);

        report.Findings.Counts.Keys.ShouldBe(
            [FindingKind.BrokenChain, FindingKind.DoubledShare], ignoreOrder: true);
    }

    [Fact]
    public async Task A_part_that_was_cut_off_is_not_copied_as_if_it_were_whole()
    {
        var part = await _second.WriteAsync(_second.Seal());
        using var file = new MemoryStream();
        await using var writer = await CertificateWriter.BeginAsync(
            file, Terms, TestContext.Current.CancellationToken);
        using var source = new MemoryStream(part[..(part.Length / 2)]);
        using var opened = await CertificatePart.OpenAsync(source, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<RecordFormatException>(
            () => writer.CopyAsync(opened, TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private List<SignedHead> Renamed(List<SignedHead> heads)
    {
        var renamed = new List<SignedHead>();
        foreach (var head in heads.Select(head => head.ToHead()))
        {
            var previous = renamed.Count > 0 ? renamed[^1].ToHead().Hash() : MinuteHead.NoHead;
            renamed.Add(_second.Sign(head with { NodeName = _second.NodeName, PreviousHead = previous }));
        }

        return renamed;
    }

    private CertificateReport Verify(byte[] file, IEnumerable<SignedHead> kept)
    {
        var heads = new KeptHeads();
        kept.ToList().ForEach(heads.Add);
        return CertificateVerifier.Verify(
            new MemoryStream(file),
            new VerificationOptions { PinnedKeys = [_first.Key, _second.Key], KeptHeads = heads });
    }
}
