using System.Security.Cryptography;
using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>
/// Whole minutes, heads and terms that are not what they were: the records under them may all be true.
/// </summary>
public sealed class ForkTests : IDisposable
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public async Task A_forked_history_is_found_and_its_signer_named()
    {
        var kept = _bench.Seal();
        _bench.Records[2].RemoveAt(_bench.AcceptedAt(2)[0]);
        var forked = _bench.Seal();

        var report = _bench.Verify(await _bench.WriteAsync(forked), kept);

        report.Findings.Counts.Keys.ShouldBe([FindingKind.ForkedHistory]);
        report.Findings.Listed[0].Text.ShouldContain("signed both");
        Should.Throw<RecordFormatException>(() => _bench.Verify([], [.. kept, .. forked]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_dropped_minute_is_found(int minute)
    {
        var kept = _bench.Seal();
        var heads = kept.ToList();
        heads.RemoveAt(minute);
        _bench.Records.RemoveAt(minute);

        var report = _bench.Verify(await _bench.WriteAsync(heads), kept);

        report.Holds.ShouldBeFalse();
        report.Findings.Counts.Keys.ShouldContain(minute == 2 ? FindingKind.MissingMinute : FindingKind.BrokenChain);
        report.Findings.Counts.Keys.Contains(FindingKind.StillOpen).ShouldBe(minute == 2);
    }

    [Fact]
    public async Task A_kept_head_of_a_node_that_is_not_shown_disproves_the_certificate()
    {
        var heads = _bench.Seal();
        var other = heads[0].ToHead() with { NodeName = "node-2" };

        var report = _bench.Verify(await _bench.WriteAsync(heads), [.. heads, _bench.Sign(other)]);

        report.Holds.ShouldBeFalse();
        report.Findings.Counts.Keys.ShouldBe([FindingKind.NodeNotShown]);
    }

    [Fact]
    public async Task A_head_that_adds_up_to_more_is_found()
    {
        var heads = _bench.Seal();
        var last = heads[^1].ToHead();
        last.Verdicts.Count(ShareVerdict.Accepted, new Work(1));
        heads[^1] = _bench.Sign(last);

        var report = _bench.Verify(await _bench.WriteAsync(heads), heads);

        report.Findings.Counts.Keys.ShouldBe([FindingKind.WrongSums]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terms_that_count_work_in_another_way_than_its_jobs_prove_nothing(bool isCompact)
    {
        var heads = _bench.Seal();
        var terms = _bench.Terms with
        {
            Algorithm = Algorithm.Sha256d,
            ProofDifficulty = isCompact ? Difficulty.Parse("0.00000001") : null,
        };

        var report = _bench.Verify(await _bench.WriteAsync(heads, terms), heads);

        report.Holds.ShouldBeFalse();
        report.Proved.Work.ShouldBe(Work.Zero);
    }

    [Fact]
    public async Task Work_outside_the_terms_is_a_doubt()
    {
        var heads = _bench.Seal();
        var terms = _bench.Terms with { StartAt = HistoryBench.StartAt.AddMinutes(1) };

        var report = _bench.Verify(await _bench.WriteAsync(heads, terms), heads);

        report.Findings.Counts.Keys.ShouldBe([FindingKind.OutsideTerms]);
    }

    [Fact]
    public async Task Another_key_signs_nothing()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = await _bench.WriteAsync(_bench.Seal());

        var report = CertificateVerifier.Verify(
            new MemoryStream(file),
            new VerificationOptions { PinnedKeys = [other] },
            cancellationToken: TestContext.Current.CancellationToken);

        report.Holds.ShouldBeFalse();
        report.Findings.Counts[FindingKind.BadSignature].ShouldBe(HistoryBench.Minutes);
    }

    [Fact]
    public async Task One_hash_sold_in_two_contracts_is_found()
    {
        // Its headers are the same: only the contract in the stamps tells them apart.
        using var other = new HistoryBench(contract: 2);
        var sold = new SoldHashes();
        var first = await VerifyTogetherAsync(_bench, sold);
        var again = await VerifyTogetherAsync(_bench, sold);
        var second = await VerifyTogetherAsync(other, sold);

        first.Holds.ShouldBeTrue();
        again.Holds.ShouldBeTrue();
        second.Findings.Counts[FindingKind.SoldTwice].ShouldBe(2 * HistoryBench.Minutes * HistoryBench.SharesPerWorker);
    }

    [Fact]
    public async Task Work_that_the_shares_of_a_compact_certificate_cannot_carry_is_found()
    {
        var heads = _bench.Seal();
        var last = heads[^1].ToHead();
        last.Verdicts.Count(ShareVerdict.Accepted, new Work(3 * _bench.Credited.Hashes));
        heads[^1] = _bench.Sign(last);
        var terms = _bench.Terms with { ProofDifficulty = Difficulty.Of(16) };

        var report = _bench.Verify(await _bench.WriteAsync(heads, terms), heads);

        report.Findings.Counts.Keys.ShouldBe([FindingKind.Overstated]);
    }

    public void Dispose() => _bench.Dispose();

    private static async Task<CertificateReport> VerifyTogetherAsync(HistoryBench bench, SoldHashes sold) =>
        CertificateVerifier.Verify(
            new MemoryStream(await bench.WriteAsync(bench.Seal())),
            new VerificationOptions { PinnedKeys = [bench.Key], SoldHashes = sold });
}
