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
                foreach (var length in new[] { TimeSpan.FromMinutes(1), WorkWindow.Longest })
                {
                    var reading = window.Read(length, now);
                    var inside = added.Where(share => share.At >= reading.StartAt).ToList();
                    reading.Shares.ShouldBe(inside.Count);
                    reading.Work.Hashes.ShouldBe(inside.Aggregate(UInt128.Zero, (sum, share) => sum + share.Hashes));
                    (reading.EndAt - reading.StartAt).ShouldBeLessThanOrEqualTo(length);
                    (reading.EndAt - reading.StartAt).ShouldBeGreaterThanOrEqualTo(
                        Min(length - TimeSpan.FromSeconds(5), now - StartAt));
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

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
