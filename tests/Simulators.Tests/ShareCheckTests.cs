using System.Globalization;
using Marketplace.Simulators.Pools;
using Marketplace.Simulators.ProofOfWork;

namespace Marketplace.Simulators.Tests;

public sealed class ShareCheckTests
{
    [Fact]
    public void Every_vector_gives_the_header_and_hash_that_its_source_saw()
    {
        Vector.All.Count.ShouldBe(67);
        foreach (var vector in Vector.All)
        {
            var result = ShareCheck.Check(vector.Share, vector.Issued, Algorithm.Sha256d);

            Convert.ToHexStringLower(result.Header).ShouldBe(vector.Header, vector.Name);
            result.Hash.ToString("x64", CultureInfo.InvariantCulture)[^64..].ShouldBe(vector.Hash, vector.Name);
        }
    }

    [Fact]
    public void What_a_real_pool_accepted_is_accepted_and_what_was_too_easy_is_not()
    {
        foreach (var vector in Vector.All)
        {
            var expected = vector.PoolVerdict?.Contains("Low difficulty", StringComparison.Ordinal) == true
                ? ShareVerdict.LowDifficulty
                : ShareVerdict.Accepted;
            var isJudgedByHashAlone = vector.PoolVerdict?.StartsWith("accepted", StringComparison.Ordinal) == true
                || expected == ShareVerdict.LowDifficulty;
            if (isJudgedByHashAlone)
            {
                var result = ShareCheck.Check(vector.Share, vector.Issued, Algorithm.Sha256d);
                result.Verdict.ShouldBe(expected, vector.Name);
            }
        }
    }

    [Fact]
    public void The_scanner_finds_the_nonce_of_every_vector_that_met_its_difficulty()
    {
        foreach (var vector in Vector.All.Where(vector => vector.Hash.StartsWith("00000000", StringComparison.Ordinal)))
        {
            var header = Convert.FromHexString(vector.Header);
            var nonce = BitConverter.ToUInt32(header.AsSpan(PlainProofOfWork.HeaderSizeBytes - sizeof(uint)));
            List<uint> found = [];

            NonceScanner.Scan(header, nonce - 11, 32, highestTopWord: 0, found);

            found.ShouldBe([nonce], vector.Name);
        }
    }

    [Theory]
    [InlineData("0a000000000000", "malformed")]
    [InlineData("0a0000000000000000", "malformed")]
    [InlineData("0a0000000000000g", "malformed")]
    public void An_extranonce2_of_another_length_is_malformed(string extranonce2, string reason)
    {
        var vector = Vector.All[0];

        var result = ShareCheck.Check(
            vector.Share with { Extranonce2 = extranonce2 }, vector.Issued, Algorithm.Sha256d);

        result.Verdict.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("40000000")]
    public void Version_bits_outside_the_mask_or_missing_are_refused(string? bits)
    {
        var vector = Vector.All[0];

        var result = ShareCheck.Check(vector.Share with { VersionBits = bits }, vector.Issued, Algorithm.Sha256d);

        result.Verdict.ShouldBe(ShareVerdict.BadVersion);
    }

    [Theory]
    [InlineData(-1, "bad-ntime")]
    [InlineData(7_001, "bad-ntime")]
    [InlineData(7_000, "low-difficulty")]
    public void A_time_before_the_job_or_far_after_it_is_refused(int seconds, string reason)
    {
        var vector = Vector.All[0];
        var time = (uint)(vector.Issued.Job.Time + seconds);

        var result = ShareCheck.Check(
            vector.Share with { Time = time.ToString("x8", CultureInfo.InvariantCulture) },
            vector.Issued,
            Algorithm.Sha256d);

        result.Verdict.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0.0714")]
    [InlineData("1448.1546878700492")]
    [InlineData("50000")]
    public void Targets_and_work_agree_with_the_ones_that_are_traded(string text)
    {
        var difficulty = Difficulty.Parse(text);
        foreach (var algorithm in Algorithm.All)
        {
            var target = PlainProofOfWork.Target(difficulty, algorithm);

            target.ShouldBe(difficulty.ToTarget(algorithm).ToInteger());
            PlainProofOfWork.WorkOf(target, algorithm).ShouldBe(Work.Of(difficulty.ToTarget(algorithm), algorithm));
        }
    }
}
