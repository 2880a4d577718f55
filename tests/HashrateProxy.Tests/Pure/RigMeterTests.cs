using Marketplace.HashrateProxy.Metering;
using Marketplace.Stratum;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class RigMeterTests
{
    private static readonly DateTimeOffset MinuteAt = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RigMeter _meter = new();

    private void Count(int second, uint hashes, int? settledSecond, ShareVerdict verdict = ShareVerdict.Accepted) =>
        _meter.Count(
            verdict,
            new Work(hashes),
            MinuteAt.AddSeconds(second),
            settledSecond is { } settled ? MinuteAt.AddSeconds(settled) : null);

    [Fact]
    public void A_minute_counts_for_the_measure_only_where_its_machine_had_settled_before()
    {
        Count(1, 1, settledSecond: null);
        Count(30, 10, settledSecond: 20);
        Count(59, 100, settledSecond: 0);
        Count(61, 1_000, settledSecond: 20);
        Count(70, 10_000, settledSecond: 0, ShareVerdict.Stale);

        _meter.TakeMinutesBefore(MinuteAt.AddMinutes(2)).ShouldBe(
        [
            new RigMinuteWork(MinuteAt, AcceptedHashes: 111, SettledHashes: 100, RejectedHashes: 0),
            new RigMinuteWork(
                MinuteAt.AddMinutes(1), AcceptedHashes: 1_000, SettledHashes: 1_000, RejectedHashes: 10_000),
        ]);
    }

    [Fact]
    public void The_window_that_is_shown_starts_with_the_first_share_of_a_settled_machine()
    {
        Count(1, 1_000_000, settledSecond: null);
        _meter.ReadShown(MinuteAt.AddSeconds(2))[0].Hashrate.ShouldBe(Hashrate.Zero);

        Count(10, 300, settledSecond: 10);
        var oneMinute = _meter.ReadShown(MinuteAt.AddSeconds(40))[0];
        (oneMinute.Work.Hashes, oneMinute.StartAt).ShouldBe(((UInt128)300, MinuteAt.AddSeconds(10)));
        oneMinute.Hashrate.HashesPerSecond.ShouldBe((UInt128)10);
    }

    [Fact]
    public void A_minute_that_is_open_stays()
    {
        Count(1, 1, settledSecond: null);
        _meter.TakeMinutesBefore(MinuteAt).ShouldBeEmpty();
        _meter.TakeMinutesBefore(MinuteAt.AddMinutes(1)).Count.ShouldBe(1);
        _meter.TakeMinutesBefore(MinuteAt.AddMinutes(1)).ShouldBeEmpty();
    }
}
