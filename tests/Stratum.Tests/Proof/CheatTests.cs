using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>
/// Each cheat twice where it can be tried twice: on a finished file, and by a node that signs what it bent.
/// </summary>
public sealed class CheatTests : IDisposable
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public Task A_forged_share_is_found() => FoundAsync(
        () => _bench.BendShare(1, 5, share => share with { Nonce = share.Nonce ^ 0x80000000 }),
        onceSigned: FindingKind.ForgedShare);

    [Fact]
    public Task A_dropped_share_is_found_by_those_who_kept_heads() => FoundAsync(
        () => _bench.Records[1].RemoveAt(_bench.AcceptedAt(1)[5]), onceSigned: null);

    [Fact]
    public Task A_doubled_share_is_found() => FoundAsync(
        () =>
        {
            var share = ShareRecord.Read(_bench.Records[1][_bench.AcceptedAt(1)[5]]);
            _bench.Records[2].Add(
                HistoryBench.Written(share with { Stamp = _bench.Stamp(HistoryBench.StartAt.AddSeconds(179)) }));
        },
        onceSigned: FindingKind.DoubledShare);

    [Fact]
    public Task Reordered_shares_are_found() => FoundAsync(
        () =>
        {
            var accepted = _bench.AcceptedAt(1);
            var records = _bench.Records[1];
            (records[accepted[3]], records[accepted[4]]) = (records[accepted[4]], records[accepted[3]]);
        },
        onceSigned: FindingKind.OutOfOrder);

    [Fact]
    public Task A_share_moved_within_its_minute_is_found_by_those_who_kept_heads() => FoundAsync(
        () => Retime(share => share.AddSeconds(1)), onceSigned: null);

    [Fact]
    public Task A_share_moved_out_of_its_minute_is_found() => FoundAsync(
        () => Retime(share => share.AddMinutes(1)), onceSigned: FindingKind.Retimed);

    [Fact]
    public Task A_share_moved_before_its_job_is_found() => FoundAsync(
        () => Retime(_ => HistoryBench.StartAt.AddMinutes(1)), onceSigned: FindingKind.Retimed);

    [Fact]
    public Task An_accepted_share_that_is_called_too_easy_is_found() => FoundAsync(
        () => _bench.BendShare(1, 5, share => share with { Verdict = ShareVerdict.LowDifficulty }),
        onceSigned: FindingKind.WrongVerdict);

    [Fact]
    public Task A_share_that_is_called_a_duplicate_of_nothing_is_found() => FoundAsync(
        () => _bench.BendShare(1, 5, share => share with { Verdict = ShareVerdict.Duplicate }),
        onceSigned: FindingKind.WrongVerdict);

    [Fact]
    public async Task A_share_of_an_invented_job_is_found()
    {
        var heads = _bench.Seal();
        _bench.BendShare(1, 5, share => share with { Job = 999 });

        var report = _bench.Verify(await _bench.WriteAsync(heads), heads);

        report.Findings.Counts.Keys.ShouldBe(
            [FindingKind.InventedJob, FindingKind.WrongRoot], ignoreOrder: true);
    }

    [Fact]
    public async Task A_job_made_from_an_invented_pools_job_is_found()
    {
        var heads = _bench.Seal();
        _bench.Records[0].RemoveAt(0);

        var report = _bench.Verify(await _bench.WriteAsync(heads), heads);

        report.Findings.Counts.Keys.ShouldContain(FindingKind.InventedJob);
        report.Proved.Work.Hashes.ShouldBeLessThan(_bench.Credited.Hashes);
    }

    [Fact]
    public async Task A_worker_that_drops_shares_by_their_hash_is_named_and_the_other_is_not()
    {
        _bench.Drop(worker: 1, place => place > 0.5);

        var report = _bench.Verify(await _bench.WriteAsync(_bench.Seal()));

        var odd = report.Findings.Listed.Where(finding => finding.Kind == FindingKind.OddHashes).ToList();
        odd.ShouldContain(finding => finding.Text.Contains("connection 1", StringComparison.Ordinal));
        odd.ShouldNotContain(finding => finding.Text.Contains("connection 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_leaf_of_another_contract_is_found_in_compact_mode_too()
    {
        _bench.BendShare(1, 5, share => share with
        {
            Stamp = share.Stamp with { ContractId = new ContractId(new Guid(9, 0, 0, new byte[8])) },
        });
        var heads = _bench.Seal();
        var terms = _bench.Terms with { ProofDifficulty = Difficulty.Of(1) };

        _bench.Verify(await _bench.WriteAsync(heads), heads).Holds.ShouldBeFalse();
        _bench.Verify(await _bench.WriteAsync(heads, terms), heads).Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task A_compact_certificate_takes_no_share_that_is_not_under_its_head()
    {
        var heads = _bench.Seal();
        _bench.BendShare(1, 5, share => share with { Stamp = share.Stamp with { At = share.Stamp.At.AddSeconds(1) } });
        var terms = _bench.Terms with { ProofDifficulty = Difficulty.Of(1) };

        var report = _bench.Verify(await _bench.WriteAsync(heads, terms), heads);

        report.Holds.ShouldBeFalse();
        report.Findings.Counts.Keys.ShouldContain(FindingKind.WrongRoot);
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>
    /// Bends a finished file, which breaks a root; then signs it anew, which only a rule or a kept head can find.
    /// </summary>
    private async Task FoundAsync(Action bend, FindingKind? onceSigned)
    {
        var kept = _bench.Seal();
        bend();
        var unsigned = _bench.Verify(await _bench.WriteAsync(kept), kept);
        unsigned.Holds.ShouldBeFalse();
        unsigned.Findings.Counts.Keys.ShouldContain(FindingKind.WrongRoot);

        var file = await _bench.WriteAsync(_bench.Seal());
        var alone = _bench.Verify(file);
        alone.Findings.Counts.Keys.ShouldNotContain(FindingKind.WrongRoot);
        alone.Findings.Counts.Keys.Where(kind => kind < FindingKind.KeyNotPinned)
            .ShouldBe(onceSigned is { } kind ? [kind] : []);
        _bench.Verify(file, kept).Findings.Counts.Keys.ShouldContain(FindingKind.ForkedHistory);
    }

    private void Retime(Func<DateTimeOffset, DateTimeOffset> move) => _bench.BendShare(
        1, 5, share => share with { Stamp = share.Stamp with { At = move(share.Stamp.At) } });
}
