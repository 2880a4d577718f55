using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>What can be proved of work that only pools attest: everything but a hash.</summary>
public sealed class AttestedHistoryTests : IDisposable
{
    private readonly AttestedHistory _history = new();

    [Fact]
    public async Task A_share_counts_in_the_minute_of_the_answer_that_accepts_it_and_no_other_does()
    {
        var (early, late, refused, silent) =
            (_history.Send(10, 1), _history.Send(58, 2), _history.Send(11, 3), _history.Send(12, 4));
        _history.Send(59, 5);
        _history.Answer(13, early, PoolAnswerKind.Accepted);
        _history.Answer(14, refused, PoolAnswerKind.Refused);
        _history.Answer(61, late, PoolAnswerKind.Accepted);
        _history.Answer(62, silent, PoolAnswerKind.Unanswered);
        _history.Judge(63, 1, ShareVerdict.Duplicate);
        _history.Judge(64, 3, ShareVerdict.Duplicate);

        _history.Seal().Select(head => head.ToHead().Verdicts[ShareVerdict.Accepted]).ShouldBe(
            [new VerdictSum(1, AttestedHistory.ShareWork), new VerdictSum(1, AttestedHistory.ShareWork)]);
        var report = await _history.VerifyAsync();
        report.Findings.Listed.ShouldBeEmpty();
        report.Holds.ShouldBeTrue();
        report.Proved.Work.ShouldBe(AttestedHistory.ShareWork + AttestedHistory.ShareWork);
        report.Stated.ShouldBe(report.Proved.Work);
        report.PoolAnswers.ShouldBe([2, 1, 1]);
        report.Blocks.Expected.ShouldBe(0);
        report.Payees.WorkByPayee.Values.Single().ShouldBe(report.Proved.Work);
    }

    [Fact]
    public async Task A_second_answer_credits_nothing()
    {
        var share = _history.Send(10, 1);
        _history.Answer(11, share, PoolAnswerKind.Refused);
        _history.Answer(12, share, PoolAnswerKind.Accepted);

        var report = await _history.VerifyAsync();
        report.Holds.ShouldBeTrue();
        (report.Proved.Work, report.Stated).ShouldBe((Work.Zero, Work.Zero));
    }

    [Fact]
    public async Task One_header_that_went_up_twice_is_credited_once()
    {
        _history.Answer(12, _history.Send(10, 1), PoolAnswerKind.Accepted);
        _history.Answer(13, _history.Send(11, 1), PoolAnswerKind.Accepted);
        await ShouldFindAsync(FindingKind.DoubledShare);
    }

    [Fact]
    public async Task A_share_that_is_credited_without_its_pool_is_forged()
    {
        _history.Judge(10, 1, ShareVerdict.Accepted);
        await ShouldFindAsync(FindingKind.ForgedShare);
    }

    [Fact]
    public async Task A_job_that_counts_for_more_than_its_pool_asked_is_forged()
    {
        var dear = _history.AddJob(Difficulty.Of(200));
        _history.Answer(12, _history.Send(10, 1, dear), PoolAnswerKind.Accepted);
        await ShouldFindAsync(FindingKind.ForgedShare);
    }

    [Fact]
    public async Task A_share_that_should_never_have_gone_up_is_forged()
    {
        _history.Answer(
            12, _history.Send(10, 1, ntime: _history.PoolJob.Job.NTime - 1), PoolAnswerKind.Accepted);
        await ShouldFindAsync(FindingKind.ForgedShare);
    }

    [Fact]
    public async Task A_share_of_a_job_that_is_not_recorded_is_invented()
    {
        _history.Send(10, 1);
        var heads = _history.Seal();
        _history.Records[0].RemoveAt(1);
        var report = await _history.VerifyAsync(heads);
        report.Findings.Counts.Keys.ShouldContain(FindingKind.InventedJob);
    }

    [Fact]
    public void There_is_no_compact_certificate()
    {
        _history.Terms.HasCompact.ShouldBeFalse();
        var compact = (_history.Terms with { ProofDifficulty = Difficulty.Of(1) }).ToBody();
        Should.Throw<RecordFormatException>(() => CertificateTerms.Read(compact));
    }

    public void Dispose() => _history.Dispose();

    private async Task ShouldFindAsync(FindingKind kind)
    {
        var report = await _history.VerifyAsync();
        report.Findings.Counts.Keys.ShouldBe([kind]);
        report.Holds.ShouldBeFalse();
    }
}
