using System.Text;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class ShareJudgementTests
{
    private const uint Mask = 0x1fffe000;
    private static readonly ShareVector Vector = ShareVector.Named("viabtc-bitaxe-gamma-1");

    [Theory]
    [InlineData("01000000", "674e9260", "03b58000", ShareVerdict.Accepted)]
    [InlineData("010000", "674e9260", "03b58000", ShareVerdict.Malformed)]
    [InlineData("0100000000", "674e9260", "03b58000", ShareVerdict.Malformed)]
    [InlineData("01000000", "674e9260", "83b58000", ShareVerdict.BadVersion)]
    [InlineData("01000000", "674e925f", "03b58000", ShareVerdict.BadNTime)]
    [InlineData("01000000", "674eadb9", "03b58000", ShareVerdict.BadNTime)]
    [InlineData("01000000", "674eadb8", "03b58000", ShareVerdict.LowDifficulty)]
    [InlineData("01000000", "674e9260", "03b5a000", ShareVerdict.LowDifficulty)]
    public void A_share_gets_the_reason_of_its_own(
        string extranonce2, string nTime, string bits, ShareVerdict expected) =>
        Judge($"\"{extranonce2}\",\"{nTime}\",\"714103e8\",\"{bits}\"", Mask).ShouldBe(expected);

    [Theory]
    [InlineData("674eadb8", "03b58000", ShareVerdict.Accepted)]
    [InlineData("674e925f", "03b58000", ShareVerdict.BadNTime)]
    [InlineData("674e9260", "83b58000", ShareVerdict.BadVersion)]
    public void Where_nothing_here_hashes_a_share_is_judged_by_all_but_its_hash(
        string nTime, string bits, ShareVerdict expected)
    {
        var job = new DownstreamJob(
            "1", Vector.Job, CoinbaseSeam.Unmoved(Vector.Assignment.Extranonce1.Length, 4), default,
            Difficulty.Of(ulong.MaxValue).ToTarget(Algorithm.X11), algorithm: Algorithm.X11);
        var submit = new SubmitRequest
        {
            Extranonce2 = new Extranonce([1, 0, 0, 0]),
            NTime = Convert.ToUInt32(nTime, 16),
            VersionBits = Convert.ToUInt32(bits, 16),
        };
        var header = new byte[BlockHeader.SizeBytes];
        job.Judge(submit, Vector.Assignment.Extranonce1, Mask, header, out var hash).ShouldBe(expected);

        var digest = new byte[32];
        Sha256d.Hash(header, digest);
        hash.ShouldBe(new ShareHash(digest), "its identity is the header's");
    }

    [Fact]
    public void Bits_that_were_never_negotiated_are_a_bad_version() =>
        Judge("\"01000000\",\"674e9260\",\"714103e8\",\"03b58000\"", mask: 0).ShouldBe(ShareVerdict.BadVersion);

    [Fact]
    public void A_share_without_bits_hashed_the_jobs_own_version() =>
        Judge("\"01000000\",\"674e9260\",\"714103e8\"", Mask).ShouldBe(ShareVerdict.LowDifficulty);

    [Fact]
    public void A_version_takes_bits_inside_the_mask_from_the_worker_and_the_rest_from_the_job()
    {
        var job = Vector.Unmoved(Difficulty.Of(1));

        job.VersionOf(0xffffffff, Mask).ShouldBe(0x20000000 | Mask);
        job.VersionOf(0, Mask).ShouldBe(0x20000000u);
        job.PoolJob.CollidesWith(Mask).ShouldBeFalse();
        job.PoolJob.CollidesWith(0x20000000).ShouldBeTrue();
    }

    [Fact]
    public void A_prefix_that_does_not_fill_its_seam_is_refused()
    {
        var seam = new CoinbaseSeam(Vector.Assignment with { Extranonce2Bytes = 8 }, 1, 3);

        Should.Throw<ArgumentException>(
            () => new DownstreamJob("1", Vector.Job, seam, new Extranonce([1]), Target.Max));
    }

    [Fact]
    public void A_full_set_says_so_and_forgets_nothing()
    {
        var set = new DuplicateSet(2);
        ShareHash first = HashOf(1), second = HashOf(2), third = HashOf(3);

        set.Add(first).ShouldBe(DuplicateCheck.New);
        set.Add(first).ShouldBe(DuplicateCheck.Duplicate);
        set.Add(second).ShouldBe(DuplicateCheck.New);
        set.Add(third).ShouldBe(DuplicateCheck.Full);
        set.Add(first).ShouldBe(DuplicateCheck.Duplicate);
        set.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(ShareVerdict.Stale, 21)]
    [InlineData(ShareVerdict.Duplicate, 22)]
    [InlineData(ShareVerdict.LowDifficulty, 23)]
    [InlineData(ShareVerdict.Unauthorised, 24)]
    [InlineData(ShareVerdict.Malformed, 20)]
    public void A_refused_share_is_answered_with_its_number(ShareVerdict verdict, int code) =>
        StratumError.For(verdict).Code.ShouldBe(code);

    private static ShareHash HashOf(byte first)
    {
        var digest = new byte[32];
        digest[0] = first;
        return new ShareHash(digest);
    }

    private static ShareVerdict Judge(string fields, uint mask)
    {
        var line = $$"""{"id":1,"method":"mining.submit","params":["w","c28f",{{fields}}]}""";
        var message = StratumMessage.Parse(Encoding.UTF8.GetBytes(line));
        SubmitRequest.TryParse(message, out var submit, out _).ShouldBeTrue();
        return Vector.Unmoved(Difficulty.Of(4096)).Judge(
            submit, Vector.Assignment.Extranonce1, mask, new byte[BlockHeader.SizeBytes], out _);
    }
}
