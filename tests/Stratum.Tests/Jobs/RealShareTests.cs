using System.Text;
using System.Text.Json;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class RealShareTests
{
    [Theory]
    [MemberData(nameof(ShareVector.Names), MemberType = typeof(ShareVector))]
    public void A_real_share_is_rebuilt_to_its_header_and_hash(string name)
    {
        var vector = ShareVector.Named(name);
        var job = vector.Unmoved(Difficulty.Parse("0.0000000001"));
        SubmitRequest.TryParse(Parse(vector.SubmitLine), out var submit, out _).ShouldBeTrue();
        Span<byte> header = stackalloc byte[BlockHeader.SizeBytes];

        var verdict = job.Judge(submit, vector.Assignment.Extranonce1, vector.VersionMask, header, out var hash);

        Convert.ToHexStringLower(header).ShouldBe(vector.Header);
        hash.ToString().ShouldBe(vector.Hash);
        verdict.ShouldBe(ShareVerdict.Accepted);
        ShouldBeNear(hash.ToDifficulty(Algorithm.Sha256d), vector.Difficulty);
    }

    [Theory]
    [InlineData("lumerin-s19xp-1", "699", ShareVerdict.Accepted)]
    [InlineData("lumerin-s19xp-1", "699.56", ShareVerdict.LowDifficulty)]
    [InlineData("viabtc-bitaxe-gamma-4", "1688", ShareVerdict.Accepted)]
    [InlineData("viabtc-bitaxe-gamma-4", "1689", ShareVerdict.LowDifficulty)]
    [InlineData("publicpool-bitaxe-testnet", "512", ShareVerdict.Accepted)]
    public void A_share_is_held_to_the_difficulty_of_its_job(string name, string difficulty, ShareVerdict expected)
    {
        var vector = ShareVector.Named(name);
        SubmitRequest.TryParse(Parse(vector.SubmitLine), out var submit, out _).ShouldBeTrue();

        var verdict = vector.Unmoved(Difficulty.Parse(difficulty)).Judge(
            submit, vector.Assignment.Extranonce1, vector.VersionMask, new byte[BlockHeader.SizeBytes], out _);

        verdict.ShouldBe(expected);
    }

    [Fact]
    public void A_share_that_solves_a_block_is_seen_as_one()
    {
        var vector = ShareVector.Named("slush-testnet3-block-25096");
        SubmitRequest.TryParse(Parse(vector.SubmitLine), out var submit, out _).ShouldBeTrue();

        vector.Unmoved(Difficulty.Of(1)).Judge(
            submit, vector.Assignment.Extranonce1, 0, new byte[BlockHeader.SizeBytes], out var hash);

        hash.Meets(vector.Job.BlockTarget).ShouldBeTrue();
        var other = ShareVector.Named("viabtc-bitaxe-gamma-1");
        var digest = Convert.FromHexString(other.Hash);
        Array.Reverse(digest);
        new ShareHash(digest).Meets(other.Job.BlockTarget).ShouldBeFalse();
    }

    [Fact]
    public void A_header_alone_hashes_to_what_the_firmware_printed()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(ShareVector.PathOf("headers.json")));
        Span<byte> digest = stackalloc byte[32];
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            Sha256d.Hash(Convert.FromHexString(vector.GetProperty("header").GetString()!), digest);
            new ShareHash(digest).ToString().ShouldBe(vector.GetProperty("hash").GetString());
            ShouldBeNear(
                new ShareHash(digest).ToDifficulty(Algorithm.Sha256d), vector.GetProperty("difficulty").GetRawText());
        }
    }

    private static StratumMessage Parse(string line) => StratumMessage.Parse(Encoding.UTF8.GetBytes(line));

    private static void ShouldBeNear(Difficulty actual, string expected) =>
        decimal.Parse(actual.ToString()).ShouldBe(
            decimal.Parse(expected, System.Globalization.NumberStyles.Float), tolerance: 0.00001m);
}
