using Marketplace.Primitives;
using Marketplace.Stratum.Coinbase;
using Marketplace.Stratum.Proof;
using Marketplace.TestKit;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

/// <summary>What an honest certificate shows, and what a damaged one does.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly HistoryBench _bench = new();

    [Fact]
    public async Task A_complete_certificate_holds_to_the_hash()
    {
        var heads = _bench.Seal();
        var report = _bench.Verify(await _bench.WriteAsync(heads), heads);

        report.Findings.Listed.ShouldBeEmpty();
        report.Holds.ShouldBeTrue();
        report.Proved.Work.ShouldBe(_bench.Credited);
        report.Stated.ShouldBe(_bench.Credited);
        (report.Heads, report.HeadsMatched).ShouldBe((HistoryBench.Minutes, HistoryBench.Minutes));
        report.Window.ShouldBe(TimeSpan.FromMinutes(HistoryBench.Minutes));
        report.Verdicts[ShareVerdict.Accepted].Shares
            .ShouldBe(2 * HistoryBench.Minutes * HistoryBench.SharesPerWorker);
        report.Verdicts[ShareVerdict.Duplicate].Shares.ShouldBe(2 * HistoryBench.Minutes);
        report.Verdicts[ShareVerdict.Malformed].Shares.ShouldBe(2 * HistoryBench.Minutes);
        report.PoolAnswers.ShouldBe([0, 2 * HistoryBench.Minutes, 0]);
    }

    [Fact]
    public async Task A_compact_certificate_proves_about_as_much_with_fewer_shares()
    {
        var heads = _bench.Seal();
        var terms = _bench.Terms with { ProofDifficulty = Difficulty.Of(16) };
        var complete = await _bench.WriteAsync(heads);
        var compact = await _bench.WriteAsync(heads, terms);
        var report = _bench.Verify(compact, heads);

        report.Findings.Listed.ShouldBeEmpty();
        report.Stated.ShouldBe(_bench.Credited);
        compact.Length.ShouldBeLessThan(complete.Length);

        // An eighth of 360 shares: five sigma are 34 of 45.
        var shares = report.Proved.EffectiveShares;
        shares.ShouldBeInRange(11, 79);
        var each = (double)report.Proved.Work.Hashes / shares;
        each.ShouldBe(8 * (double)_bench.Credited.Hashes / 360, tolerance: each / 1000);
    }

    [Fact]
    public void The_compact_difficulty_follows_from_what_was_promised()
    {
        var terms = _bench.Terms with { Hashrate = Hashrate.FromTerahashes(1_000_000) };
        var compact = terms.ToCompact();

        var promised = terms.Hashrate.Over(TimeSpan.FromMinutes(HistoryBench.Minutes));
        var each = Work.Of(compact.ProofDifficulty!.Value.ToTarget(terms.Algorithm), terms.Algorithm);
        ((double)promised.Hashes / (double)each.Hashes).ShouldBe(CertificateTerms.CompactShares, tolerance: 20);
        CertificateTerms.Read(compact.ToBody()).ToBody().ShouldBe(compact.ToBody());
    }

    [Fact]
    public async Task The_payee_of_every_share_is_shown_and_compared()
    {
        var heads = _bench.Seal();
        var file = await _bench.WriteAsync(heads);
        PayoutAddress.TryParse(HistoryBench.Payee, out var renter).ShouldBeTrue();
        PayoutAddress.TryParse("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", out var other).ShouldBeTrue();

        var right = _bench.Verify(file, heads, renter);
        right.Holds.ShouldBeTrue();
        right.Payees.PayingWork.ShouldBe(_bench.Credited);
        right.Payees.WorkByPayee.ShouldBe([new(HistoryBench.Payee, _bench.Credited)]);
        var wrong = _bench.Verify(file, heads, other);
        wrong.Holds.ShouldBeFalse();
        wrong.Payees.PayingWork.ShouldBe(Work.Zero);
        wrong.Findings.Counts.Keys.ShouldBe([FindingKind.PaysAnother]);
    }

    [Fact]
    public async Task Without_a_key_from_outside_it_says_so()
    {
        var file = await _bench.WriteAsync(_bench.Seal());
        var report = CertificateVerifier.Verify(
            new MemoryStream(file),
            new VerificationOptions(),
            cancellationToken: TestContext.Current.CancellationToken);

        report.Holds.ShouldBeTrue();
        report.Findings.Counts.Keys.ShouldBe([FindingKind.KeyNotPinned, FindingKind.NoHeadsKept]);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_never_holds()
    {
        var heads = _bench.Seal();
        var file = await _bench.WriteAsync(heads);
        for (var length = 0; length < file.Length - 1; length += 97)
        {
            var report = _bench.Verify(file[..length], heads);
            report.Holds.ShouldBeFalse();
            report.Findings.Counts.Keys.ShouldContain(FindingKind.Unreadable);
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_found_wherever_it_is()
    {
        var heads = _bench.Seal();
        var file = await _bench.WriteAsync(heads);
        var random = new Random(3);
        for (var count = 0; count < 150; count++)
        {
            var bent = file.ToArray();
            bent[random.Next(bent.Length - 8)] ^= (byte)(1 << random.Next(8));
            var report = _bench.Verify(bent, heads);
            if (report.Holds)
            {
                // What the heads do not cover is stated only: terms, which the renter compares with his order.
                report.Proved.ShouldBe(_bench.Verify(file, heads).Proved);
            }
        }
    }

    public void Dispose() => _bench.Dispose();
}
