using System.Security.Cryptography;
using Marketplace.Primitives;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class EngineTests
{
    private static readonly Sha256Engine Managed = new ManagedSha256();

    [Fact]
    public void Both_engines_hash_like_the_framework_at_every_length()
    {
        var data = new byte[300];
        new Random(1).NextBytes(data);
        foreach (var engine in Engines())
        {
            for (var length = 0; length <= data.Length; length++)
            {
                var digest = new byte[32];
                Sha256d.Hash(engine, data.AsSpan(0, length), digest);
                var expected = SHA256.HashData(SHA256.HashData(data.AsSpan(0, length)));
                digest.ShouldBe(expected, $"{engine.Name}, {length} bytes");
            }
        }
    }

    [Fact]
    public void A_machine_without_the_library_or_the_call_falls_back()
    {
        LibCryptoSha256.TryLoad(["libcrypto.so.0"]).ShouldBeNull();
        LibCryptoSha256.TryLoad(["libc.so.6"]).ShouldBeNull();
        Sha256d.EngineName.ShouldBe(LibCryptoSha256.TryLoad()?.Name ?? Managed.Name);
    }

    [Fact]
    public void A_copied_midstate_goes_on_from_any_cut()
    {
        var data = new byte[200];
        new Random(2).NextBytes(data);
        var whole = SHA256.HashData(data);
        foreach (var engine in Engines())
        {
            for (var cut = 0; cut <= data.Length; cut++)
            {
                var start = Sha256Stream.Of(engine, data.AsSpan(0, cut));
                var copy = start;
                copy.Append(engine, data.AsSpan(cut));
                var digest = new byte[32];
                copy.Finish(engine, digest);
                digest.ShouldBe(whole);
            }
        }
    }

    [Fact]
    public void Both_engines_give_a_real_share_one_hash()
    {
        var vector = ShareVector.Named("lumerin-s19xp-2");
        var job = vector.Unmoved(Difficulty.Of(1));
        Extranonce.TryParseHex("0a00000000000000"u8, out var extranonce2).ShouldBeTrue();
        foreach (var engine in Engines())
        {
            var hash = job.Hash(
                engine, vector.Assignment.Extranonce1, extranonce2, job.VersionOf(0x000b6000, vector.VersionMask),
                0x64c25820, 0xb6fda90f, new byte[BlockHeader.SizeBytes]);
            hash.ToString().ShouldBe(vector.Hash, engine.Name);
        }
    }

    [Fact]
    public void The_scanner_finds_the_nonce_of_a_real_block()
    {
        var vector = ShareVector.Named("slush-testnet3-block-25096");
        const uint nonce = 0xb2957c02;
        foreach (var engine in Engines())
        {
            var header = Convert.FromHexString(vector.Header);
            header.AsSpan(BlockHeader.NonceAt).Clear();
            var target = vector.Job.BlockTarget;
            NonceScanner.TryFind(engine, header, nonce - 500, 501, target, out var found).ShouldBeTrue();
            found.ShouldBe(nonce);
            NonceScanner.TryFind(engine, header, nonce - 500, 500, target, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_scanner_wraps_and_takes_every_nonce_under_the_easiest_target()
    {
        var header = new byte[BlockHeader.SizeBytes];

        NonceScanner.TryFind(header, uint.MaxValue, 2, Target.Max, out var nonce).ShouldBeTrue();
        nonce.ShouldBe(uint.MaxValue);
    }

    private static IEnumerable<Sha256Engine> Engines() =>
        LibCryptoSha256.TryLoad() is { } native ? [Managed, native] : [Managed];
}
