using Marketplace.Primitives;
using Marketplace.Stratum.Proof;
using Shouldly;

namespace Marketplace.Stratum.Tests.Proof;

public sealed class TailTestTests
{
    private const int HonestWorkers = 10_000;

    /// <summary>A worker's shares in half an hour to half a day.</summary>
    private static readonly int[] ShareCounts = [30, 300, 3_000];

    [Fact]
    public void Of_ten_thousand_honest_workers_none_is_suspected()
    {
        var random = new Random(2026);
        var least = 1.0;
        for (var worker = 0; worker < HonestWorkers; worker++)
        {
            var test = TestOf(random, ShareCounts[worker % 3], place => place);
            test.IsSuspicious(HonestWorkers).ShouldBeFalse($"worker {worker}: p = {test.PValue()}");
            least = Math.Min(least, test.PValue());
        }

        // A test that is never in doubt about anybody could not see anything either.
        least.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void A_seller_who_keeps_his_best_shares_is_seen_among_ten_thousand() =>
        TestOf(new Random(1), 3_000, place => place < 1.0 / 64 ? null : place)
            .IsSuspicious(HonestWorkers).ShouldBeTrue();

    [Fact]
    public void A_seller_who_sends_every_good_share_and_half_of_the_others_is_seen_among_ten_thousand()
    {
        var random = new Random(2);
        TestOf(random, 3_000, place => place > 0.25 && random.Next(2) == 0 ? null : place)
            .IsSuspicious(HonestWorkers).ShouldBeTrue();
    }

    [Fact]
    public void Firmware_that_rounds_its_difficulty_up_is_seen_among_ten_thousand() =>
        TestOf(new Random(3), 3_000, place => place > 700.0 / 1024 ? null : place)
            .IsSuspicious(HonestWorkers).ShouldBeTrue();

    [Fact]
    public void Nothing_is_told_of_a_handful_of_shares()
    {
        new TailTest().PValue().ShouldBe(1);
        TestOf(new Random(4), 5, place => place / 4).IsSuspicious(HonestWorkers).ShouldBeFalse();
    }

    [Fact]
    public void Real_hashes_count_by_their_place_below_the_target()
    {
        var test = new TailTest();
        var target = Difficulty.Of(1).ToTarget(Algorithm.Sha256dDemo);
        Span<byte> digest = stackalloc byte[32];
        Span<byte> data = stackalloc byte[4];
        for (var nonce = 0; test.Shares < 3_000; nonce++)
        {
            BitConverter.TryWriteBytes(data, nonce);
            Sha256d.Hash(data, digest);
            var hash = new ShareHash(digest);
            if (hash.Meets(target))
            {
                test.Add(hash, target);
            }
        }

        test.PValue().ShouldBeGreaterThan(0.01);
    }

    /// <summary>Shares until so many are kept; null drops one.</summary>
    private static TailTest TestOf(Random random, int shares, Func<double, double?> send)
    {
        var test = new TailTest();
        while (test.Shares < shares)
        {
            if (send(1 - random.NextDouble()) is { } place)
            {
                test.Add(place);
            }
        }

        return test;
    }
}
