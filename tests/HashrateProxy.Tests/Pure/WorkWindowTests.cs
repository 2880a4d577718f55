using FsCheck;
using FsCheck.Fluent;
using Marketplace.HashrateProxy.Metering;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class WorkWindowTests
{
    private static readonly DateTimeOffset StartAt = new(2026, 11, 1, 12, 0, 3, TimeSpan.Zero);

    private static readonly Arbitrary<int[]> AnyGapsMilliseconds =
        Gen.Frequency((20, Gen.Choose(0, 4_000)), (1, Gen.Choose(0, 700_000))).ArrayOf().ToArbitrary();

    [Fact]
    public void A_window_holds_exactly_what_was_added_since_its_start() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(AnyGapsMilliseconds, gaps =>
        {
            var window = new WorkWindow(StartAt);
            var added = new List<(DateTimeOffset At, uint Hashes)>();
            var now = StartAt;
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromMilliseconds(gap);
                added.Add((now, (uint)gap + 1));
                window.Add(new Work((uint)gap + 1), now);
                foreach (var length in WorkWindow.Shown)
                {
                    var reading = window.Read(length, now);
                    var inside = added.Where(share => share.At >= reading.StartAt).ToList();
                    reading.Shares.ShouldBe(inside.Count);
                    reading.Work.Hashes.ShouldBe(inside.Aggregate(UInt128.Zero, (sum, share) => sum + share.Hashes));
                    (reading.EndAt - reading.StartAt).ShouldBeLessThanOrEqualTo(length);
                    (reading.EndAt - reading.StartAt).ShouldBeGreaterThanOrEqualTo(
                        Min(length - BucketOf(length), now - StartAt));
                    reading.EffectiveShares.ShouldBeInRange(0, reading.Shares * 1.001);
                }
            }
        }));

    [Fact]
    public void An_empty_window_reads_zero()
    {
        var window = new WorkWindow(StartAt);
        window.Read(TimeSpan.FromMinutes(1), StartAt).Hashrate.ShouldBe(Hashrate.Zero);
        window.Read(TimeSpan.FromMinutes(1), StartAt - TimeSpan.FromSeconds(30)).Hashrate.ShouldBe(Hashrate.Zero);
    }

    [Fact]
    public void Shares_of_unequal_work_tell_less_than_as_many_equal_ones()
    {
        var (equal, unequal) = (new WorkWindow(StartAt), new WorkWindow(StartAt));
        for (var share = 0; share < 100; share++)
        {
            equal.Add(new Work(1_000_000_000_000), StartAt);
            unequal.Add(new Work(share == 0 ? 99_000_000_000_000u : 1_000_000_000_000u), StartAt);
        }

        foreach (var length in WorkWindow.Shown)
        {
            equal.Read(length, StartAt).EffectiveShares.ShouldBe(100, 0.01);
            unequal.Read(length, StartAt).EffectiveShares.ShouldBe(198.0 * 198 / (9_801 + 99), 0.01);
        }
    }

    [Fact]
    public void A_window_is_small_enough_for_every_worker_to_have_one()
    {
        const int Windows = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var windows = Enumerable.Range(0, Windows).Select(_ => new WorkWindow(StartAt)).ToArray();
        ((GC.GetAllocatedBytesForCurrentThread() - before) / Windows).ShouldBeLessThan(1_100);
        windows.Length.ShouldBe(Windows);
    }

    private static TimeSpan BucketOf(TimeSpan length) =>
        length <= WorkWindow.Longest ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(3);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
